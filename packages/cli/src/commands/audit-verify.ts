import { writeFile } from "node:fs/promises"
import { resolve } from "node:path"
import { parseArgs } from "node:util"
import { Problem } from "@tabard/core"
import { type LogVerification, type NoteKey, type OnEntry, type TrustPolicy, verifyLog } from "@tabard/log"
import { sha256, verifySignature } from "@tabard/log/node"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { namedFile, readArguments, wholeNumber } from "./audit-arguments.ts"
import { keyFromPolicy, latestTime, readKey, readPolicy } from "./audit-trust.ts"
import { verificationJson, verificationWords } from "./audit-words.ts"
import { entryTimes } from "./entry-times.ts"
import { type FollowedLog, logsBefore } from "./followed-log.ts"
import { type LogSource, logSource } from "./log-source.ts"

const USAGE = `usage: tabard audit verify [DIR|URL] [--vkey KEY] [--policy FILE] [--checkpoint FILE …] [--from INDEX]
                            [--save-previous FILE] [--token-file FILE] [--json]

Verifies the log in DIR (default: .tabard/log/default), or at URL as a server hands it to auditors (https://HOST/log),
without believing a server: the checkpoint's signature, every tile rebuilt from the entries, no gap, no flipped bit. KEY is
the log's verifier key as you kept it; without it the key that lies beside the log is used, which proves only that the log
agrees with itself. --policy names a trust policy (C2SP tlog-policy): its witnesses must have seen the checkpoint.
--checkpoint names a checkpoint of this log that you kept: the log must still begin with it; without any, a log that was
put back to an earlier state verifies too. --from says which entry must be the first one there, where retention has pruned
those before; without it the log's own word is taken, and said. --save-previous writes the last checkpoint of the log that
this one follows, as its first entry holds it, to verify that one by --checkpoint. The token for URL (scope record:read) is read from
TABARD_TOKEN, or from --token-file (0600). Exits 0 when it verifies, 1 when not.`

const OPTIONS = {
  vkey: { type: "string" },
  policy: { type: "string" },
  checkpoint: { type: "string", multiple: true },
  from: { type: "string" },
  "save-previous": { type: "string" },
  "token-file": { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const

/** How often a terminal is told how far it has come. */
const PROGRESS_ENTRIES = 10_000

/** What `tabard audit verify` was asked. */
export interface VerifyOptions {
  /** A directory, or an address. */
  readonly place: string
  readonly verifierKey: string | undefined
  /** The file of a trust policy. */
  readonly policy: string | undefined
  /** Files with checkpoints that were kept: the log must still begin with each. */
  readonly checkpoints: readonly string[]
  readonly from: number | undefined
  /** Where the last checkpoint of the log before this one is written. */
  readonly savePrevious: string | undefined
  readonly tokenFile: string | undefined
  readonly json: boolean
}

/** Reads the arguments; undefined asks for help. */
export function parseVerify(args: readonly string[]): VerifyOptions | undefined {
  return readArguments(USAGE, () => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) return undefined
    const [place = ".tabard/log/default", ...rest] = positionals
    if (rest.length > 0) throw new UsageError("one DIR or URL at most")
    const { vkey: verifierKey, policy, checkpoint: checkpoints = [], json = false } = values
    const from = wholeNumber("--from", values.from)
    const files = { savePrevious: values["save-previous"], tokenFile: values["token-file"] }
    return { place, verifierKey, policy, checkpoints, from, ...files, json }
  })
}

/** `tabard audit verify`: says whether the log is whole, and where it is not. */
export async function auditVerify(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parseVerify(args)
  if (!options) {
    surroundings.stdout.write(`${USAGE}\n`)
    return 0
  }
  const source = await logSource(options.place, options.tokenFile, surroundings, {
    // What was published in the last seconds, witnesses may not have seen yet.
    witnessed: options.policy !== undefined,
  })
  const policy = await readPolicy(surroundings.cwd, options.policy)
  const { key, isKept } = await keyOf(source, options, policy)
  const [times, before] = [entryTimes(), logsBefore()]
  const onEntry: OnEntry = (index, entry) => {
    times.look(index, entry)
    before.look(index, entry)
  }
  const verification = await verify(source, options, surroundings, { key, policy, onEntry })

  const found = { verification, stepBack: times.first(), follows: before.found() }
  const asked = {
    place: source.place,
    isKeyKept: isKept,
    hasPolicy: policy !== undefined,
    checkpoints: options.checkpoints.length,
  }
  surroundings.stdout.write(options.json ? verificationJson(found) : verificationWords(found, asked))
  if (verification.ok) await savePrevious(found.follows, options, surroundings)
  return verification.ok ? 0 : 1
}

async function savePrevious(
  follows: FollowedLog | undefined,
  { savePrevious: file }: VerifyOptions,
  { cwd }: Surroundings,
): Promise<void> {
  if (file === undefined) return
  if (!follows?.last)
    throw new Problem("body_invalid", "this log's first entry holds no checkpoint of a log before it")
  await writeFile(resolve(cwd, file), follows.last.checkpoint)
}

async function keyOf(
  source: LogSource,
  { verifierKey }: VerifyOptions,
  policy: TrustPolicy | undefined,
): Promise<{ readonly key: NoteKey; readonly isKept: boolean }> {
  if (verifierKey !== undefined) return { key: readKey(verifierKey), isKept: true }
  const named = policy && keyFromPolicy(policy, await source.tiles.readCheckpoint())
  return named ? { key: named, isKept: true } : { key: readKey(await source.keyBeside()), isKept: false }
}

async function verify(
  { tiles }: LogSource,
  { checkpoints, from }: VerifyOptions,
  surroundings: Surroundings,
  { key, policy, onEntry }: { key: NoteKey; policy: TrustPolicy | undefined; onEntry: OnEntry },
): Promise<LogVerification> {
  const earlier = await Promise.all(
    checkpoints.map((path) => namedFile(surroundings.cwd, path, "the checkpoint")),
  )
  const progress = progressOf(surroundings)
  const options = {
    key,
    earlier,
    now: latestTime(surroundings),
    ...(policy && { policy }),
    ...(from !== undefined && { from }),
  }
  const shown: OnEntry = (index, entry) => {
    progress.tell(index)
    return onEntry(index, entry)
  }
  return verifyLog({ tiles, sha256, verifySignature }, { ...options, onEntry: shown }).finally(() =>
    progress.clear(),
  )
}

/** Tells a terminal how far it has come, on one line that is gone at the end; a file is told nothing. */
function progressOf({ stderr }: Surroundings): { tell(index: number): void; clear(): void } {
  if (!stderr.isTTY) return { tell: () => undefined, clear: () => undefined }
  return {
    tell(index) {
      if (index % PROGRESS_ENTRIES === 0 && index > 0) stderr.write(`\r\u001b[2K${index} entries verified`)
    },
    clear() {
      stderr.write("\r\u001b[2K")
    },
  }
}
