import { resolve } from "node:path"
import { parseArgs } from "node:util"
import {
  type Credentials,
  destroyKey,
  type EnrolOptions,
  enrol,
  Refused,
  storageOf,
  writeCredentials,
} from "@tabard/client"
import { Problem, visibleText } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { credentialsPath } from "./agent-credentials.ts"
import { makeKeyAt } from "./make-key-at.ts"
import { reserveFile } from "./reserve-file.ts"

const USAGE = `usage: tabard agents enroll --server URL --code CODE [--label NAME] [--agent NAME] [--out FILE] [--key PLACE]

Makes a key for an adopted agent, enrols its public half by the one-time code, and writes what the agent needs to get
tokens to FILE (0600), else to .tabard/agents/NAME.json, where tabard run --agent NAME finds it. NAME is agent where nobody
says. The private half never leaves this machine. It is kept in PLACE: file (FILE itself, as long as nothing else is said),
keychain, tpm, or pkcs11:token=NAME?module-path=/LIBRARY.so&pin-source=/FILE.`

/** How long a server may take to answer, in milliseconds. */
const PATIENCE_MS = 30_000

/** What `tabard agents enroll` was asked. */
export interface EnrollOptions {
  readonly server: string
  readonly code: string
  readonly label: string | undefined
  readonly agent: string
  readonly out: string | undefined
  readonly key: string
}

/** Reads the arguments; undefined asks for help. */
export function parseEnroll(args: readonly string[]): EnrollOptions | undefined {
  const options = {
    server: { type: "string" },
    code: { type: "string" },
    label: { type: "string" },
    agent: { type: "string", default: "agent" },
    out: { type: "string" },
    key: { type: "string", default: "file" },
    help: { type: "boolean" },
  } as const
  try {
    const { values } = parseArgs({ args: [...args], options })
    if (values.help) return undefined
    const { server, code, label, agent, out, key } = values
    if (!server || !code) throw new UsageError(`--server and --code are needed\n${USAGE}`)
    if (!/^https?:$/.test(URL.parse(server)?.protocol ?? "")) {
      throw new UsageError(`--server is an address like http://127.0.0.1:7070\n${USAGE}`)
    }
    return { server, code, label, agent, out, key }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${USAGE}`)
  }
}

/** `tabard agents enroll`: a key is made here, and its public half enrolled. */
export async function agentsEnroll(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parseEnroll(args)
  const { stdout, host, cwd, clock } = surroundings
  if (!options) {
    stdout.write(`${USAGE}\n`)
    return 0
  }
  const { server, code, label = host, agent, out } = options
  const path = resolve(cwd, out ?? credentialsPath(".tabard", agent))
  // Reserved before the code is used up: a key that cannot be kept must not be enrolled.
  await using file = await reserveFile(path)
  const key = await makeKeyAt(options.key)
  const asked = { server, code, label, key, now: () => clock.now() }
  const credentials = await enrolAt(asked).catch(async (refusal: unknown) => {
    await destroyKey(key).catch(() => undefined)
    throw refusal
  })
  await file.keep(writeCredentials(credentials))
  const where =
    storageOf(key) === "file" ? "Its key and addresses are" : `Its key is in ${storageOf(key)}; where, is`
  const as = out === undefined ? `--agent ${agent}` : `--credentials ${out}`
  const lines = [
    `Enrolled ${credentials.instance} of ${credentials.agent}.`,
    `${where} in ${path}.`,
    `Act as it with tabard run ${as} -- COMMAND, or tabard token ${as}.`,
  ]
  stdout.write(lines.map((line) => `${visibleText(line)}\n`).join(""))
  return 0
}

async function enrolAt(options: EnrolOptions): Promise<Credentials> {
  const { origin } = new URL(options.server)
  try {
    const patient: typeof fetch = (url, init) =>
      fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) })
    return await enrol({ ...options, fetch: patient })
  } catch (cause) {
    if (cause instanceof Refused) throw cause
    throw new Problem("body_invalid", `no Tabard answers at ${origin}; name its address with --server`, {
      cause,
    })
  }
}
