import { writeFile } from "node:fs/promises"
import { resolve } from "node:path"
import { parseArgs } from "node:util"
import { Problem } from "@tabard/core"
import { fromBase64, parseProof } from "@tabard/log"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { apiToken } from "./api-token.ts"
import { askApi } from "./ask-api.ts"
import { eventId, readArguments, wholeNumber } from "./audit-arguments.ts"
import { orProblem } from "./audit-trust.ts"
import { type CheckOptions, checkProof } from "./check-proof.ts"
import { type LoggedEntry, proveKeptEntry } from "./prove-kept-entry.ts"

const USAGE = `usage: tabard audit proof ID --server URL [--token-file FILE]
       tabard audit proof DIR|URL --index NUMBER [--token-file FILE]
       tabard audit proof --check FILE --entry FILE [--vkey KEY] [--policy FILE] [--json]

Writes what proves that an event stands in the log, for whoever keeps it: NAME.tlog-proof (C2SP tlog-proof: the way to a
signed checkpoint) and NAME.entry (the exact bytes that are logged). By the event's id the server is asked; by its index
in the log, the log's own files are. The token (scope record:read) is read from TABARD_TOKEN, or from --token-file (0600).

--check verifies such a pair without a server and without the log: by the log's verifier key as you kept it, or by a trust
policy (C2SP tlog-policy) whose witnesses must have seen the checkpoint. Exits 0 when it proves, 1 when not.`

const OPTIONS = {
  server: { type: "string" },
  "token-file": { type: "string" },
  index: { type: "string" },
  check: { type: "string" },
  entry: { type: "string" },
  vkey: { type: "string" },
  policy: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const

type Asked =
  | {
      readonly kind: "event"
      readonly id: string
      readonly server: string
      readonly tokenFile?: string | undefined
    }
  | {
      readonly kind: "index"
      readonly place: string
      readonly index: number
      readonly tokenFile?: string | undefined
    }
  | ({ readonly kind: "check" } & CheckOptions)

/** `tabard audit proof`: writes what proves an event, or verifies what was written. */
export async function auditProof(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const asked = parse(args)
  if (!asked) {
    surroundings.stdout.write(`${USAGE}\n`)
    return 0
  }
  if (asked.kind === "check") return checkProof(asked, surroundings)
  const name = asked.kind === "event" ? asked.id : `entry-${asked.index}`
  const logged =
    asked.kind === "event" ? await askProof(asked, surroundings) : await proveKeptEntry(asked, surroundings)
  await write(name, logged, surroundings)
  return 0
}

function parse(args: readonly string[]): Asked | undefined {
  return readArguments(USAGE, () => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    const { server, index, check, entry, vkey, policy, json = false, "token-file": tokenFile } = values
    if (values.help) return undefined
    const [place, ...rest] = positionals
    if (check !== undefined && entry !== undefined && place === undefined) {
      return { kind: "check", proof: check, entry, vkey, policy, json }
    }
    if (place === undefined || rest.length > 0) throw new UsageError("name one event, or one log")
    const number = wholeNumber("--index", index)
    if (number !== undefined) return { kind: "index", place, index: number, tokenFile }
    if (server === undefined)
      throw new UsageError("--server is needed with an event's id, --index with a log")
    return { kind: "event", id: eventId(place), server, tokenFile }
  })
}

async function askProof(
  { id, server, tokenFile }: Extract<Asked, { kind: "event" }>,
  surroundings: Surroundings,
): Promise<LoggedEntry> {
  const token = await apiToken(surroundings, tokenFile, server)
  const { proof, entry, index } = await askApi({
    server,
    token,
    path: `/events/${encodeURIComponent(id)}/proof`,
  })
  if (typeof index !== "number")
    throw new Problem("body_invalid", `${id} waits for its place in the log; ask again later`)
  if (typeof proof !== "string") {
    throw new Problem("body_invalid", `no signed checkpoint covers ${id} yet; ask again in a few seconds`)
  }
  const bytes = typeof entry === "string" ? fromBase64(entry) : undefined
  if (!bytes) throw new Problem("body_invalid", "the server answers no entry; ask a server of this version")
  return { proof: Buffer.from(proof), entry: bytes }
}

async function write(
  name: string,
  { proof, entry }: LoggedEntry,
  { cwd, stdout }: Surroundings,
): Promise<void> {
  const { index } = orProblem("what was answered is no proof", () => parseProof(proof))
  await writeFile(resolve(cwd, `${name}.tlog-proof`), proof)
  await writeFile(resolve(cwd, `${name}.entry`), entry)
  stdout.write(
    `Wrote ${name}.tlog-proof and ${name}.entry: the proof of entry ${index}, and the bytes that are logged.\n` +
      `It was not verified here: tabard audit proof --check ${name}.tlog-proof --entry ${name}.entry --vkey KEY\n`,
  )
}
