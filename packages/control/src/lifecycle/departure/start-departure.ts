import type { Id } from "@tabard/core"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import type { Transact, Transaction } from "../../transaction.ts"
import { withdrawPending } from "../open-offer.ts"
import { callOff, type RunPlanDeps, runPlan, startPlan } from "../plans/run-plan.ts"
import { DEPARTURE } from "./departure-work.ts"

/**
 * Begins what follows from a person's leaving, within the transaction that switches them off; its steps are run by the
 * job. What they offered keys to be enrolled by ends at once, and what clients they had signed out: neither must come to
 * life by itself should they be back in minutes.
 */
export async function startDeparture(
  deps: RecordContext,
  tx: Pick<Transaction, "clientGrants" | "instances" | "plans">,
  { person, by }: { person: Id<"user">; by: Id<"user"> | null },
): Promise<void> {
  await tx.instances.withdrawEnrolments({ createdBy: person })
  await tx.clientGrants.putOut(person)
  await startPlan(deps, tx, { kind: "departure", subject: person, startedBy: by })
}

/** Calls off what follows from a person's leaving, as they are back: what was offered and not accepted is theirs again. */
export async function callOffDeparture(
  deps: RecordContext,
  tx: Pick<Transaction, "agents" | "offers" | "outbox" | "plans">,
  person: Id<"user">,
): Promise<void> {
  const plan = await tx.plans.latest("departure", person)
  if (!plan || !(await callOff(deps, tx, plan, DEPARTURE))) return
  const offered = (await tx.plans.steps(plan.id)).filter(({ does, done }) => does === "hand-over" && done)
  for (const id of new Set(offered.flatMap(({ agent }) => agent ?? []))) {
    const agent = await tx.agents.find(id)
    const [pending] = await tx.offers.pendingOf([id], deps.clock.now())
    if (agent?.owner !== person || pending?.by !== person) continue
    const actor = { kind: "system", id: "departure" } as const
    await withdrawPending(deps, tx, { agent, actor, why: "its owner is back" })
  }
}

/** How many people who left before anybody looked are taken up in one transaction. */
const BATCH = 50

/** Begins departures of people who are switched off and have none, however that came about; answers how many. */
export async function startMissedDepartures(
  deps: RecordContext & { readonly transact: Transact<"clientGrants" | "instances" | "plans"> },
): Promise<number> {
  return deps.transact(async (tx) => {
    const missed = await tx.plans.leftWithout(BATCH)
    for (const person of missed) await startDeparture(deps, tx, { person, by: null })
    return missed.length
  })
}

/** Does whatever of a departure can be done now. */
export function runDeparture(deps: RunPlanDeps, plan: Id<"plan">): Promise<void> {
  return runPlan(deps, DEPARTURE, plan)
}
