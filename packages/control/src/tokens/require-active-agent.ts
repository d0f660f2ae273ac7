import { type Agent, type Id, type Mandate, mayAct, Problem, type User } from "@tabard/core"
import type { Transaction } from "../transaction.ts"

/** An agent that may act now, with what makes it so. */
export interface ActiveAgent {
  readonly agent: Agent
  readonly mandate: Mandate
  readonly owner: User
}

/** What has to happen before it may act, where that is not plain. */
const NEXT: Readonly<Partial<Record<Agent["state"], string>>> = {
  discovered: "a person has to adopt it first",
  proposed: "a second person has to agree to its adoption first",
}

/**
 * Answers the agent with its mandate and owner if it may act at `now`. Every issuing path and every door asks this at
 * the moment of use, in the transaction or snapshot that it acts on: what was true a minute ago is not a permission.
 *
 * @throws {Problem} agent_not_found, agent_not_active, agent_orphaned, agent_expired
 */
export async function requireActiveAgent(
  { agents }: Pick<Transaction, "agents">,
  id: Id<"agent">,
  now: Date,
): Promise<ActiveAgent> {
  const found = await agents.findOwned(id)
  if (!found) throw new Problem("agent_not_found", `There is no agent ${id}.`)
  const { agent, owner } = found
  if (!mayAct(agent.state)) {
    const next = NEXT[agent.state] ?? "only an active agent may act"
    throw new Problem("agent_not_active", `${id} is ${agent.state}; ${next}.`)
  }
  const mandate = standingMandate(agent, now)
  if (!owner?.active) {
    throw new Problem(
      "agent_orphaned",
      `${id} has no owner who answers for it; it has to be handed over first.`,
    )
  }
  return { agent, mandate, owner }
}

function standingMandate({ id, mandate }: Agent, now: Date): Mandate {
  if (!mandate) throw new Problem("agent_not_active", `${id} has no mandate; a person has to adopt it first.`)
  if (now >= mandate.expiresAt) {
    throw new Problem("agent_expired", `The mandate of ${id} ended at ${mandate.expiresAt.toISOString()}.`)
  }
  return mandate
}
