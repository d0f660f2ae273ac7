import { LeaseLost, pruneRecord, RETENTION_LEASE, underLease } from "@tabard/control"
import { newHandle } from "@tabard/core"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"
import { logFolder } from "../record/log-places.ts"

/** How many portions one round takes: the next comes soon enough. */
const PORTIONS = 200

/** Answers a round of pruning what the written retention lets go, a portion at a time until it is to stop; of many replicas one does it. */
export function recordPruner(open: OpenOrganisation, stopping: AbortSignal): () => Promise<void> {
  const { organisation, clock, shelf, places } = open
  const lease = { transact: shelf.transact, clock, holder: newHandle() }
  const tilesOf = (generation: number) => places.writing(logFolder(organisation.slug, generation))
  const portion = (fence: number): Promise<number> =>
    pruneRecord({ organisation, clock, ...shelf, tilesOf, fence })
  return async () => {
    try {
      for (let portions = 0; portions < PORTIONS && !stopping.aborted; portions++) {
        if (!(await underLease(lease, RETENTION_LEASE, portion))) return
      }
    } catch (error) {
      // Another replica goes on with it; what this one took away was to go.
      if (!(error instanceof LeaseLost)) throw error
    } finally {
      // The next round is minutes away, and may be another replica's.
      await shelf.transact(({ leases }) => leases.release(RETENTION_LEASE, lease.holder))
    }
  }
}
