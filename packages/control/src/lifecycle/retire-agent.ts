import { type Agent, Problem } from "@tabard/core"
import type { Actor } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { reassessAgents } from "../findings/reassess-agents.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Transaction } from "../transaction.ts"
import { move } from "./move-agent.ts"
import { layPlan, startPlan } from "./plans/run-plan.ts"
import type { RetirementDeps } from "./retirement/retirement-deps.ts"
import { retirementWork } from "./retirement/retirement-work.ts"
import { runRetirement } from "./retirement/run-retirement.ts"
import type { StandingChange } from "./stop-agent.ts"
import { withdrawStanding } from "./withdraw-standing.ts"

/**
 * Ends an agent for ever. It stops at once: no door and no grant takes it from this transaction on. Its keys, tasks, rules
 * and policies then end by a plan that goes on where it was stopped, each of our keys is tried and has to be refused, and
 * a signed certificate is the last of it. Its id is never used again.
 *
 * Credentials that others issued to it are another matter: while one is not settled, nobody here can say that it ended,
 * and the agent stays *retiring*.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, not_allowed
 */
export async function retireAgent(deps: RetirementDeps, by: Caller, change: StandingChange): Promise<Agent> {
  const { agent, plan } = await deps.transact((tx) => begin(deps, tx, by, change))
  await runRetirement(deps, plan.id)
  return (await deps.snapshot(({ agents }) => agents.find(agent.id))) ?? agent
}

async function begin(
  deps: RetirementDeps,
  tx: Transaction,
  by: Caller,
  { agent: id, reason }: StandingChange,
) {
  const agent = await findAgent(tx.agents, id)
  assertAnswersFor(by, agent.owner)
  const actor: Actor = { kind: "user", id: by.id }
  const retiring = { ...agent, state: await move(tx, agent, "retire") }
  const plan = await startPlan(deps, tx, { kind: "retirement", subject: agent.id, startedBy: by.id })
  if (!plan) throw new Problem("agent_state_conflict", "its retirement goes on already")
  // Written while its tokens live: each of them is tried afterwards.
  await layPlan(deps, tx, plan, retirementWork(deps))
  await tx.observing.forget({ agent: agent.id })
  await tx.decisions.forgetArguments({ agent: agent.id })
  await withdrawStanding(deps, tx, { agent, actor, why: "the agent was retired" })
  await tx.organisation.bumpVersion()
  await reassessAgents(deps, tx, [agent.id])
  const unsettled = (await tx.plans.steps(plan.id)).filter(({ does }) => does === "settle-credential")
  const data = { reason, unsettledCredentials: unsettled.map(({ to }) => to) }
  await recordEvent(deps, tx.outbox, {
    type: "agent.retiring",
    actor,
    agent: agent.id,
    owner: agent.owner,
    data,
  })
  return { agent: retiring, plan }
}
