import type { Cosignature } from "./check-policy.ts"
import type { Checkpoint } from "./checkpoint.ts"
import type { Sha256 } from "./hashing.ts"
import { MalformedRecord } from "./log-errors.ts"
import { LogFault } from "./log-fault.ts"
import type { VerifySignature } from "./note-signatures.ts"
import { type ExpectedSigners, openCurrent, openEarlier } from "./open-heads.ts"
import { type OnEntry, rebuildLog } from "./rebuild-log.ts"
import type { TileReader } from "./tile-store.ts"
import { TILE_WIDTH } from "./tiles.ts"
import { verifyLeftovers } from "./verify-leftovers.ts"
import { verifyPrunedHeads } from "./verify-pruned.ts"

/** What verifying a log needs. */
export interface VerifyLogDeps {
  readonly tiles: TileReader
  readonly sha256: Sha256
  readonly verifySignature: VerifySignature
}

/** What a log is held against. */
export interface VerifyLogOptions extends ExpectedSigners {
  /** The first entry that must be there to read, where its reader knows better than the log what was pruned. */
  readonly from?: number
  /** Is shown each entry in order, before it is known whether the log is whole. */
  readonly onEntry?: OnEntry
}

/** What verifying found: what is proven, or the first thing that is wrong. */
export type LogVerification =
  | {
      readonly ok: true
      readonly size: number
      readonly root: Uint8Array
      /** How many entries, from the first on, were not there to read: pruned, as the log says. */
      readonly unread: number
      readonly cosignatures: readonly Cosignature[]
    }
  | { readonly ok: false; readonly reason: string; readonly entry?: number; readonly file?: string }

/**
 * Answers whether a log is whole: the checkpoint is signed by its key and seen by its witnesses, the
 * entries give the signed root without a gap, every tile is what the entries give, and all earlier
 * checkpoints are still true. A few bundles at a time are held in memory.
 *
 * What it proves is evident to whoever got the key, or an earlier checkpoint, from somewhere else: the
 * holder of the log's key can sign another history for people who have seen none. That entries were
 * pruned is the word of whoever keeps the log; what stands for them is bound by the root.
 */
export async function verifyLog(deps: VerifyLogDeps, options: VerifyLogOptions): Promise<LogVerification> {
  try {
    return await verifyWhole(deps, options)
  } catch (error) {
    if (error instanceof LogFault) return { ok: false, reason: error.message, ...error.place }
    if (error instanceof MalformedRecord) return { ok: false, reason: error.message }
    // Anything else, such as a disk that does not answer, says nothing about the log.
    throw error
  }
}

async function verifyWhole(deps: VerifyLogDeps, options: VerifyLogOptions): Promise<LogVerification> {
  const note = await deps.tiles.readCheckpoint()
  if (!note) throw new LogFault("no checkpoint is there; nothing says what this log should hold")
  const { checkpoint: current, cosignatures } = await openCurrent(deps.verifySignature, note, options)
  const earlier = await openEarlier(deps.verifySignature, options, current)
  const start = await firstToRead(deps, options, current)

  const isThere = ({ size }: Checkpoint): boolean => size >= start
  await verifyPrunedHeads(
    deps,
    current,
    earlier.filter((head) => !isThere(head)),
  )
  await rebuildLog(
    { ...deps, onEntry: options.onEntry },
    { earlier: earlier.filter(isThere), current },
    start,
  )
  await verifyLeftovers(deps, current.size, start)
  return { ok: true, size: current.size, root: current.root, unread: start, cosignatures }
}

/** Answers where the first bundle begins that must be there: pruning takes whole bundles. */
async function firstToRead(
  { tiles }: VerifyLogDeps,
  { from }: VerifyLogOptions,
  { size }: Checkpoint,
): Promise<number> {
  const minimum = from ?? (await tiles.readMinimumIndex?.()) ?? 0
  if (minimum > size)
    throw new LogFault(`the minimum index ${minimum} is past the ${size} entries of the log`)
  return minimum - (minimum % TILE_WIDTH)
}
