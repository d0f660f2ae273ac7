import { LeaseLost } from "../log/write-log.ts"
import { prunedTiles } from "./prune-boundary.ts"
import { type PruneRecordDeps, RETENTION_LEASE } from "./prune-deps.ts"
import { raiseMinimum } from "./raise-minimum.ts"
import type { Pruning } from "./retention-store.ts"
import { spannedLogs } from "./spanned-logs.ts"

/** How many entries go at once: as many as one transaction takes away in a moment. */
const PORTION = 16 * 256

/**
 * Takes from the record, by the written retention and never without one, a portion of what is over; answers how many
 * entries went, 0 where nothing is to go. First the minimum index is raised, with the event that says so; then files go,
 * then rows. Stopped at any line, the next run goes on where this one was. Where somebody tampered with the record, nothing
 * goes.
 *
 * @throws {LeaseLost} where another process prunes by now
 */
export async function pruneRecord(deps: PruneRecordDeps): Promise<number> {
  if (await isEvidence(deps)) return 0
  const left = (await uncleared(deps)) ?? ((await raiseMinimum(deps)) ? await uncleared(deps) : undefined)
  return left ? clearPortion(deps, left) : 0
}

/** Where what is published is not what was recorded, what there is shows who did what: nothing goes until that is over. */
async function isEvidence({ snapshot }: PruneRecordDeps): Promise<boolean> {
  const fault = await snapshot(({ logFaults }) => logFaults.find())
  return fault?.kind === "tampered"
}

async function uncleared({ snapshot }: PruneRecordDeps): Promise<Pruning | undefined> {
  const prunings = await snapshot(({ retention }) => retention.prunings())
  return prunings.find(({ cleared, minimum }) => cleared < minimum)
}

async function clearPortion(
  deps: PruneRecordDeps,
  { generation, minimum, cleared }: Pruning,
): Promise<number> {
  const to = Math.min(minimum, cleared + PORTION)
  const tiles = deps.tilesOf(generation)
  // Said before anything goes: who reads meanwhile knows why a file is not there.
  await tiles.writeMinimumIndex(minimum)
  for (const path of prunedTiles(cleared, to)) await tiles.remove(path)
  await deps.transact(async ({ leases, retention, ...tx }) => {
    if (!(await leases.holds(RETENTION_LEASE, deps.fence)))
      throw new LeaseLost("another process prunes by now")
    const log = (await spannedLogs(tx)).find(({ number }) => number === generation)
    if (!log) throw new Error(`log ${generation} was pruned and is not known`)
    await retention.forget(log.base + cleared, log.base + to)
    await retention.clear(generation, to)
  })
  return to - cleared
}
