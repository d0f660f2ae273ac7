import { type Agent, type Id, type Mandate, Problem, type Terms } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { requireTier } from "../policies/tiers-in-force.ts"
import type { Transaction } from "../transaction.ts"
import { oversightOf } from "./mandate/oversight-of.ts"

/** The stores that taking an agent on touches. */
export type TakingStores = Pick<Transaction, "agents" | "organisation" | "outbox" | "policies" | "users">

/** Who takes upon themselves what, with which agent. */
export interface Taking {
  readonly agent: Agent
  readonly owner: Id<"user">
  readonly terms: Terms
}

/**
 * Gives an agent that nobody took on yet its owner and mandate, in the words of its owner's yes.
 *
 * @throws {Problem} agent_state_conflict
 */
export async function takeOn(deps: RecordContext, tx: TakingStores, taking: Taking): Promise<Agent> {
  const { agent, owner } = taking
  await requireTier(tx, taking.terms.tier)
  const mandate = await mandateOf(deps, tx, taking)
  if (!(await tx.agents.take(agent.id, owner, mandate))) {
    throw conflict(agent, "only one that nobody took on yet can be adopted")
  }
  await tx.organisation.bumpVersion()
  return { ...agent, state: "proposed", owner, mandate }
}

/** Lets an agent act whose mandate waits for nobody any more, with its event; one that waits stays as it is. */
export async function activateIfAgreed(deps: RecordContext, tx: TakingStores, agent: Agent): Promise<Agent> {
  const { mandate, owner } = agent
  if (!mandate || (mandate.oversight === "two-person" && mandate.approvedBy === null)) return agent
  await activate(tx, agent)
  await recordEvent(deps, tx.outbox, {
    type: "agent.activated",
    actor: { kind: "user", id: owner ?? mandate.proposedBy },
    agent: agent.id,
    owner,
    data: { oversight: mandate.oversight },
  })
  return { ...agent, state: "active" }
}

/** Moves a proposed agent to active; the store, not an earlier read, decides who wins. */
export async function activate(
  { agents, organisation }: Pick<TakingStores, "agents" | "organisation">,
  agent: Agent,
): Promise<void> {
  if (!(await agents.move(agent.id, ["proposed"], "active")))
    throw conflict(agent, "only a proposed one can be activated")
  await organisation.bumpVersion()
}

/** Says that the lifecycle does not allow it, and what it would allow. */
export function conflict(agent: Agent, next: string): Problem {
  return new Problem("agent_state_conflict", `the agent is ${agent.state}: ${next}`)
}

async function mandateOf(
  { clock }: RecordContext,
  tx: TakingStores,
  { owner, terms }: Taking,
): Promise<Mandate> {
  const wanted = { owner, proposer: terms.proposedBy, tier: terms.tier }
  return { ...terms, acceptedAt: clock.now(), ...(await oversightOf(tx, wanted)) }
}
