import { Problem } from "@tabard/core"
import {
  MalformedRecord,
  type NoteKey,
  parseCheckpoint,
  parseNote,
  parsePolicy,
  parseVerifierKey,
  type TrustPolicy,
} from "@tabard/log"
import { sha256 } from "@tabard/log/node"
import type { Surroundings } from "../surroundings.ts"
import { namedFile } from "./audit-arguments.ts"

/** A witness whose clock is a little ahead of ours has still seen what it has seen. */
const FAST_CLOCK_SECONDS = 600

/** Answers the time past which a witness cannot have seen anything, in seconds since 1970. */
export function latestTime({ clock }: Pick<Surroundings, "clock">): number {
  return Math.floor(clock.now().getTime() / 1000) + FAST_CLOCK_SECONDS
}

/** Reads the text of a verifier key. */
export function readKey(text: string): NoteKey {
  return orProblem("the verifier key cannot be read (it has the form NAME+HASH+KEY)", () =>
    parseVerifierKey(sha256, text.trim()),
  )
}

/** Reads the trust policy in a file. */
export async function readPolicy(cwd: string, path: string | undefined): Promise<TrustPolicy | undefined> {
  if (path === undefined) return undefined
  const bytes = await namedFile(cwd, path, "the policy")
  return orProblem("the policy cannot be read", () => parsePolicy(sha256, bytes))
}

/** Answers the key of the policy's log that a checkpoint says to be of; nothing where it names no such log. */
export function keyFromPolicy(
  policy: TrustPolicy | undefined,
  note: Uint8Array | undefined,
): NoteKey | undefined {
  if (!policy || policy.logs.length === 0 || !note) return undefined
  const { origin } = orProblem("the checkpoint cannot be read", () => parseCheckpoint(parseNote(note).text))
  const log = policy.logs.find(({ key }) => key.name === origin)
  if (log) return log.key
  throw new Problem("body_invalid", `the policy names no log ${origin}; name its key with --vkey`)
}

/** Says what is malformed in words that a person reads. */
export function orProblem<Read>(what: string, read: () => Read): Read {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof MalformedRecord)) throw cause
    throw new Problem("body_invalid", `${what}: ${cause.message}`, { cause })
  }
}
