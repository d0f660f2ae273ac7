import type { Checkpoint } from "./checkpoint.ts"
import type { Sha256 } from "./hashing.ts"
import { MalformedRecord, UntrustedNote } from "./log-errors.ts"
import { type FaultPlace, LogFault } from "./log-fault.ts"
import type { NoteKey } from "./note-key.ts"
import type { VerifySignature } from "./note-signatures.ts"
import { openCheckpoint } from "./open-checkpoint.ts"
import { type OnEntry, rebuildLog } from "./rebuild-log.ts"
import type { TileReader } from "./tile-store.ts"
import { verifyLeftovers } from "./verify-leftovers.ts"

/** What verifying a log needs. */
export interface VerifyLogDeps {
  readonly tiles: TileReader
  readonly sha256: Sha256
  readonly verifySignature: VerifySignature
}

/** What a log is held against. */
export interface VerifyLogOptions {
  /** The log's key, from somewhere else than the log. */
  readonly key: NoteKey
  /** Checkpoints that were seen before, as signed notes: the log must still begin with each of them. */
  readonly earlier?: readonly Uint8Array[]
  /** Is shown each entry in order, before it is known whether the log is whole. */
  readonly onEntry?: OnEntry
}

/** What verifying found: what is proven, or the first thing that is wrong. */
export type LogVerification =
  | { readonly ok: true; readonly size: number; readonly root: Uint8Array }
  | { readonly ok: false; readonly reason: string; readonly entry?: number; readonly file?: string }

/**
 * Answers whether a log is whole: the checkpoint is signed by its key, the entries give the signed
 * root without a gap, every tile is what the entries give, and all earlier checkpoints are still
 * true. One bundle at a time is held in memory.
 *
 * What it proves is evident to whoever got the key, or an earlier checkpoint, from somewhere else: the
 * holder of the log's key can sign another history for people who have seen none.
 */
export async function verifyLog(deps: VerifyLogDeps, options: VerifyLogOptions): Promise<LogVerification> {
  try {
    const { size, root } = await verifyWhole(deps, options)
    return { ok: true, size, root }
  } catch (error) {
    if (error instanceof LogFault) return { ok: false, reason: error.message, ...error.place }
    if (error instanceof MalformedRecord) return { ok: false, reason: error.message }
    // Anything else, such as a disk that does not answer, says nothing about the log.
    throw error
  }
}

async function verifyWhole(deps: VerifyLogDeps, options: VerifyLogOptions): Promise<Checkpoint> {
  const note = await deps.tiles.readCheckpoint()
  if (!note) throw new LogFault("no checkpoint is there; nothing says what this log should hold")
  const current = await open(deps, note, options.key, { file: "checkpoint" })
  const earlier = await openEarlier(deps, options, current)

  await rebuildLog(deps, { earlier, current }, options.onEntry)
  await verifyLeftovers(deps.tiles, current.size)
  return current
}

async function openEarlier(
  deps: VerifyLogDeps,
  { key, earlier = [] }: VerifyLogOptions,
  current: Checkpoint,
): Promise<readonly Checkpoint[]> {
  const checkpoints: Checkpoint[] = []
  for (const note of earlier) checkpoints.push(await open(deps, note, key))
  checkpoints.sort((a, b) => a.size - b.size)
  const longest = checkpoints.at(-1)?.size ?? 0
  if (longest > current.size) {
    throw new LogFault(`the log has shrunk: it had ${longest} entries and has ${current.size}`)
  }
  return checkpoints
}

async function open(
  { verifySignature }: VerifyLogDeps,
  note: Uint8Array,
  key: NoteKey,
  place: FaultPlace = {},
): Promise<Checkpoint> {
  try {
    return await openCheckpoint(verifySignature, note, key)
  } catch (error) {
    if (!(error instanceof MalformedRecord || error instanceof UntrustedNote)) throw error
    const which = place.file ? "the checkpoint" : "an earlier checkpoint"
    throw new LogFault(`${which} does not count: ${error.message}`, place)
  }
}
