import { suspendExpired, sweepAges, underLease } from "@tabard/control"
import { type Id, newHandle } from "@tabard/core"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"

/** What only one replica does at a time. */
const LEASE = "lifecycle"

/** How many pages of active agents one round looks at. */
const PAGES = 20

/** How often every active agent is looked at, at most: days are what counts. */
const SWEEP_EVERY_MS = 60_000

/** Answers a round of what time does to agents: mandates that end, and agents that nobody uses. One replica does it. */
export function lifecycleKeeper(open: OpenOrganisation): () => Promise<void> {
  const { organisation, clock, shelf } = open
  const deps = { organisation, clock, ...shelf }
  const lease = { transact: shelf.transact, clock, holder: newHandle() }
  let behind: Id<"agent"> | undefined
  let sweptAt = Number.NEGATIVE_INFINITY

  const sweep = async (): Promise<void> => {
    for (let page = 0; page < PAGES; page++) {
      behind = await sweepAges(deps, behind)
      if (behind !== undefined) continue
      sweptAt = clock.now().getTime()
      break
    }
  }
  return async () => {
    const isDue = clock.now().getTime() - sweptAt >= SWEEP_EVERY_MS
    // Where nothing is due, nothing is written: not even a lease.
    if (!isDue && !(await isAnythingOver(open))) return
    await underLease(lease, LEASE, async () => {
      while ((await suspendExpired(deps)) > 0);
      if (isDue) await sweep()
    })
  }
}

async function isAnythingOver({ clock, shelf }: OpenOrganisation): Promise<boolean> {
  return shelf.snapshot(async ({ agents }) => (await agents.expired(clock.now(), 1)).length > 0)
}
