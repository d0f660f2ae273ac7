import { isId } from "@tabard/core"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import type { Transaction } from "../../transaction.ts"
import { openOffer } from "../open-offer.ts"
import type { StepCome } from "../plans/run-plan.ts"
import { agentLeft } from "./agent-left.ts"
import type { LeavingStep } from "./departure-work.ts"

/** How soon it is looked whether whoever was asked before has answered. */
const LOOK_AGAIN_MS = 10 * 60_000

/**
 * Offers an agent to the next candidate, in the name of who left it behind. While somebody else is asked it waits: nobody
 * is overtaken, and who declines is followed by the next.
 */
export async function handOver(deps: RecordContext, tx: Transaction, step: LeavingStep): Promise<StepCome> {
  const now = deps.clock.now()
  const left = await agentLeft(tx, step)
  if ("outcome" in left) return left
  const user = step.with["user"]
  const candidate = isId("user", user) ? await tx.users.find(user) : undefined
  if (!candidate?.active) return { outcome: "nobody to ask: they are not active any more" }
  const [pending] = await tx.offers.pendingOf([left.agent.id], now)
  if (pending?.to === candidate.id) return { outcome: "offered already" }
  if (pending) {
    const again = Math.min(now.getTime() + LOOK_AGAIN_MS, pending.expiresAt.getTime())
    return { notBefore: new Date(Math.max(again, now.getTime() + 1)) }
  }
  const actor = { kind: "system", id: "departure" } as const
  const offer = { agent: left.agent, by: { id: left.owner }, actor, to: candidate.id }
  await openOffer(deps, tx, { ...offer, note: null, terms: null })
  return { outcome: "offered" }
}
