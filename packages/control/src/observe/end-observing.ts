import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact } from "../transaction.ts"
import type { ObservePeriod } from "./observe-store.ts"
import { observedDigest } from "./observed-digest.ts"

export interface EndObservingDeps extends RecordContext {
  readonly transact: Transact<"agents" | "budgets" | "observing" | "outbox" | "servers">
}

/** How many are told of in one transaction. */
const BATCH = 20

/**
 * Records that agents are about to be enforced again, and that they are, as their time in observe mode ends; answers how many. No
 * door waits for it: each call asks by itself. Each is said once, by one replica, with what would have been stopped until then.
 */
export async function endObserving(deps: EndObservingDeps): Promise<number> {
  return deps.transact(async (tx) => {
    const now = await tx.budgets.time(deps.clock.now())
    const over = await tx.observing.lapse(now, BATCH)
    const ending = await tx.observing.warn(now, BATCH)
    const tell = async ({ agent, endsAt }: ObservePeriod, isOver: boolean): Promise<void> => {
      const digest = await observedDigest(tx, agent)
      const owner = (await tx.agents.find(agent))?.owner ?? null
      const about = { actor: { kind: "system", id: "observing" }, agent, owner } as const
      const due = endsAt.toISOString()
      await recordEvent(
        deps,
        tx.outbox,
        isOver
          ? {
              ...about,
              type: "agent.mode-changed",
              data: { mode: "enforce", cause: "time", reason: "its time was over", ...digest },
            }
          : { ...about, type: "agent.warned", data: { cause: "observing", due, ...digest } },
      )
    }
    for (const one of over) await tell(one, true)
    for (const one of ending) await tell(one, false)
    return over.length + ending.length
  })
}
