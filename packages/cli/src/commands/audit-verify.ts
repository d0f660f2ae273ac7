import { readFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { Problem } from "@tabard/core"
import { type LogVerification, parseVerifierKey, verifyLog } from "@tabard/log"
import { fileTileStore } from "@tabard/log/files"
import { sha256, verifySignature } from "@tabard/log/node"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"

const USAGE = `usage: tabard audit verify [DIR] [--vkey KEY] [--checkpoint FILE …] [--json]

Verifies the log in DIR (default: .tabard/log/default) without a server: the checkpoint's signature, every tile rebuilt
from the entries, no gap, no flipped bit. KEY is the log's verifier key as you kept it; without it the key that lies
beside the log is used, which proves only that the log agrees with itself. FILE is a checkpoint of this log that you kept: the log must still begin
with it; without any, a log that was put back to an earlier state verifies too. Exits 0 when it verifies, 1 when not.`

const OPTIONS = {
  vkey: { type: "string" },
  checkpoint: { type: "string", multiple: true },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const

/** What `tabard audit verify` was asked. */
export interface VerifyOptions {
  readonly directory: string
  readonly verifierKey: string | undefined
  /** Files with checkpoints that were kept: the log must still begin with each. */
  readonly checkpoints: readonly string[]
  readonly json: boolean
}

/** Reads the arguments; undefined asks for help. */
export function parseVerify(args: readonly string[]): VerifyOptions | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) return undefined
    const [directory = ".tabard/log/default", ...rest] = positionals
    if (rest.length > 0) throw new UsageError(`one DIR at most\n${USAGE}`)
    const { vkey: verifierKey, checkpoint: checkpoints = [], json: asJson = false } = values
    return { directory, verifierKey, checkpoints, json: asJson }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${USAGE}`)
  }
}

/** `tabard audit verify`: says whether the log is whole, and where it is not. */
export async function auditVerify(args: readonly string[], { stdout, cwd }: Surroundings): Promise<number> {
  const options = parseVerify(args)
  if (!options) {
    stdout.write(`${USAGE}\n`)
    return 0
  }
  const directory = resolve(cwd, options.directory)
  const key = options.verifierKey ?? (await keptKey(directory))
  const deps = { tiles: fileTileStore(directory), sha256, verifySignature }
  const earlier = await Promise.all(options.checkpoints.map((path) => keptCheckpoint(resolve(cwd, path))))
  const verification = await verifyLog(deps, { key: readKey(key), earlier })
  stdout.write(options.json ? `${json(verification)}\n` : words(verification, directory, options))
  return verification.ok ? 0 : 1
}

function readKey(text: string): ReturnType<typeof parseVerifierKey> {
  try {
    return parseVerifierKey(sha256, text.trim())
  } catch (cause) {
    throw new Problem("body_invalid", "the verifier key cannot be read: it has the form NAME+HASH+KEY", {
      cause,
    })
  }
}

async function keptKey(directory: string): Promise<string> {
  const path = join(directory, "vkey")
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new Problem(
      "body_invalid",
      `there is no log in ${directory}; name its directory, and its key with --vkey`,
      {
        cause,
      },
    )
  })
}

async function keptCheckpoint(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: unknown) => {
    throw new Problem(
      "body_invalid",
      `the checkpoint ${path} cannot be read; name a file that you kept with --checkpoint`,
      { cause },
    )
  })
}

function json(verification: LogVerification): string {
  if (!verification.ok) return JSON.stringify(verification)
  return JSON.stringify({ ...verification, root: Buffer.from(verification.root).toString("base64") })
}

function words(verification: LogVerification, directory: string, options: VerifyOptions): string {
  if (!verification.ok) {
    const place = verification.entry === undefined ? "" : ` (entry ${verification.entry})`
    return `NOT VERIFIED: ${verification.reason}${place}\n`
  }
  const root = Buffer.from(verification.root).toString("base64")
  const found = `Verified: ${verification.size} entries, root ${root}, in ${directory}.`
  return `${[found, ...whatItLeavesOpen(options)].join("\n")}\n`
}

function whatItLeavesOpen({ verifierKey, checkpoints }: VerifyOptions): string[] {
  const key =
    "The key beside the log was used; to know that nobody swapped both, give the key that you kept with --vkey."
  const none =
    "No kept checkpoint was used; to know that the log was not put back or written anew, give one with --checkpoint."
  const held = `It begins with every kept checkpoint that was given (${checkpoints.length}).`
  return [...(verifierKey ? [] : [key]), checkpoints.length > 0 ? held : none]
}
