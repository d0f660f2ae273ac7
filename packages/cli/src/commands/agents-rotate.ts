import { parseArgs } from "node:util"
import { Refused, type Rotated, rotate, storageOf } from "@tabard/client"
import { Problem, visibleText } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { agentCredentials, type FoundCredentials, type WhichCredentials } from "./agent-credentials.ts"
import { makeKeyAt } from "./make-key-at.ts"
import { beginRotation, finishRotation } from "./rotation-draft.ts"
import { sayingWho } from "./saying-who.ts"

const USAGE = `usage: tabard agents rotate [--agent NAME | --credentials FILE] [--key PLACE] [--overlap SECONDS]

Makes a new key for an agent that is enrolled here, lets the present one sign for it, and puts it in the file of the
credentials. Both work for a while (ten minutes, at most an hour), so that nothing that runs is refused; then the earlier one
ends. The install stays what it is. PLACE is as in tabard agents enroll; as long as nothing is said, where the key is now.`

/** What `tabard agents rotate` was asked. */
export interface RotateCommand {
  readonly which: WhichCredentials
  readonly key: string | undefined
  readonly overlapSeconds: number | undefined
}

const OPTIONS = {
  agent: { type: "string" },
  credentials: { type: "string" },
  key: { type: "string" },
  overlap: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const

/** Reads the arguments; undefined asks for help. */
export function parseRotate(args: readonly string[]): RotateCommand | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS })
    if (values.help) return undefined
    const { agent, credentials: file, key, overlap } = values
    if (agent !== undefined && file !== undefined) throw new UsageError("name --agent or --credentials")
    return {
      which: { agent, file },
      key,
      overlapSeconds: overlap === undefined ? undefined : secondsOf(overlap),
    }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${USAGE}`)
  }
}

function secondsOf(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) <= 3600) return Number(text)
  throw new UsageError("--overlap is a number of seconds from 0 to 3600")
}

/** `tabard agents rotate`: a new key in the place of the present one, which ends after both have worked for a while. */
export async function agentsRotate(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stdout, clock } = surroundings
  const options = parseRotate(args)
  if (!options) {
    stdout.write(`${USAGE}\n`)
    return 0
  }
  const found = await agentCredentials(surroundings, options.which)
  const now = (): Date => clock.now()
  if (await finishRotation(found.path, now)) {
    stdout.write(`A rotation that was begun before is done: the new key is in ${found.path}.\n`)
    return 0
  }
  const { credentials, earlierKeyEndsAt } = await rotateAt(found, options, now)
  const until = earlierKeyEndsAt ? `until ${earlierKeyEndsAt.toISOString()}` : "no more"
  const left =
    storageOf(found.credentials.key) === "file" ? "" : ` It is still in ${storageOf(found.credentials.key)}.`
  stdout.write(
    `Rotated the key of ${visibleText(credentials.instance)}.\nThe new one is in ${storageOf(credentials.key)}. The earlier one works ${until}.${left}\n`,
  )
  return 0
}

async function rotateAt(
  { credentials, path }: FoundCredentials,
  { key, overlapSeconds }: RotateCommand,
  now: () => Date,
): Promise<Rotated> {
  const next = await makeKeyAt(key ?? samePlace(credentials.key))
  // Kept before it is asked for: a key that the server knows and nobody has would lock the install out.
  await using draft = await beginRotation(path, { ...credentials, key: next })
  const rotated = await rotate({ credentials, next, overlapSeconds, now }).catch(async (error: unknown) => {
    // Only what the server said no to is known not to have happened.
    if (error instanceof Refused) await draft.forget()
    return sayingWho(error, credentials)
  })
  await draft.putInPlace()
  return rotated
}

/** Another key where the present one is. */
function samePlace(key: FoundCredentials["credentials"]["key"]): string {
  if (!("storage" in key) || key.storage !== "pkcs11") return storageOf(key)
  const place = key.place.replace(/;id=[^?;]*/, "")
  if (!place.startsWith("pkcs11:")) throw new Problem("body_invalid", "name a place with --key")
  return place
}
