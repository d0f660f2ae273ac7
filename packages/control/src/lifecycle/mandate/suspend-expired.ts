import type { RecordContext } from "../../audit/event/audit-event.ts"
import type { Transact } from "../../transaction.ts"
import { type StopStores, stopWithin } from "../stop-within.ts"

export interface SuspendExpiredDeps extends RecordContext {
  readonly transact: Transact<StopStores>
}

/** How many are suspended in one transaction. */
const BATCH = 20

/**
 * Suspends active agents whose mandate is over, and answers how many. No door waits for it: each asks the clock itself.
 * Its owner renews the mandate and resumes it, or retires it.
 */
export async function suspendExpired(deps: SuspendExpiredDeps): Promise<number> {
  return deps.transact(async (tx) => {
    const over = await tx.agents.expired(deps.clock.now(), BATCH)
    for (const agent of over) {
      const day = agent.mandate?.expiresAt.toISOString().slice(0, 10)
      const reason = `its mandate ended on ${day}`
      await stopWithin(deps, tx, "suspend", {
        agent,
        actor: { kind: "system", id: "expiry" },
        reason,
        cause: "expiry",
      })
    }
    return over.length
  })
}
