import { nextState } from "@tabard/core"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import type { Transaction } from "../../transaction.ts"
import type { StepCome } from "../plans/run-plan.ts"
import { stopWithin } from "../stop-within.ts"
import { agentLeft } from "./agent-left.ts"
import type { LeavingStep } from "./departure-work.ts"

/** Suspends an agent that nobody took over in time; whoever looks after all agents is told of it. */
export async function suspendLeft(
  deps: RecordContext,
  tx: Transaction,
  step: LeavingStep,
): Promise<StepCome> {
  const left = await agentLeft(tx, step)
  if ("outcome" in left) return left
  const { agent } = left
  if (agent.state !== "active" || !nextState(agent.state, "suspend"))
    return { outcome: `${agent.state} anyway` }
  await stopWithin(deps, tx, "suspend", {
    agent,
    actor: { kind: "system", id: "departure" },
    reason: "its owner left, and nobody took it over in time",
    cause: "owner-left",
  })
  return { outcome: "suspended" }
}
