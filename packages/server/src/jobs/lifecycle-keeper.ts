import {
  runDeparture,
  runRetirement,
  startMissedDepartures,
  suspendExpired,
  sweepAges,
  underLease,
} from "@tabard/control"
import { type Id, newHandle, type PlanKind } from "@tabard/core"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"

/** What only one replica does at a time. */
const LEASE = "lifecycle"

/** How many pages of active agents one round looks at. */
const PAGES = 20

/** How many plans one round goes on with. */
const PLANS = 20

/** What runs each kind of plan. */
const RUN: Readonly<Record<PlanKind, typeof runRetirement>> = {
  departure: runDeparture,
  retirement: runRetirement,
}

/** How often every active agent is looked at, at most: days are what counts. */
const SWEEP_EVERY_MS = 60_000

/**
 * Answers a round of what time does to agents: mandates that end, agents that
 * nobody uses, what
 * follows as people leave, and agents that are being retired. One replica does it.
 */
export function lifecycleKeeper(
  open: OpenOrganisation,
  onFault: (error: unknown) => void,
): () => Promise<void> {
  const { organisation, clock, shelf, certifier } = open
  const deps = { organisation, clock, ...shelf, certifier, onFault }
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
    if (!isDue && !(await isAnythingDue(open))) return
    const leads = await underLease(lease, LEASE, async () => {
      while ((await suspendExpired(deps)) > 0);
      if (isDue) await sweep()
      if (isDue) while ((await startMissedDepartures(deps)) > 0);
      for (const plan of await shelf.snapshot(({ plans }) => plans.due(clock.now(), PLANS)))
        await RUN[plan.kind](deps, plan.id)
      return true
    })
    // Whoever leads sweeps: here it is asked again in its time.
    if (!leads) sweptAt = clock.now().getTime()
  }
}

async function isAnythingDue({ clock, shelf }: OpenOrganisation): Promise<boolean> {
  const now = clock.now()
  return shelf.snapshot(
    async ({ agents, plans }) =>
      (await agents.expired(now, 1)).length > 0 || (await plans.due(now, 1)).length > 0,
  )
}
