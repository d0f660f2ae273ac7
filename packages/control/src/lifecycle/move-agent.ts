import { type Agent, type AgentState, nextState, Problem, TRANSITIONS, type Transition } from "@tabard/core"
import type { Transaction } from "../transaction.ts"

/** The stores that an agent's standing touches. */
export type StandingStores =
  | "agents"
  | "approvals"
  | "instances"
  | "offers"
  | "organisation"
  | "outbox"
  | "policies"
  | "renewals"
  | "tasks"
  | "tokens"

/**
 * Moves an agent, or says why it cannot be moved. The store, not an earlier read, decides who wins.
 *
 * @throws {Problem} agent_state_conflict
 */
export async function move(
  { agents }: Pick<Transaction, "agents">,
  agent: Pick<Agent, "id" | "state">,
  transition: Transition,
): Promise<AgentState> {
  const to = nextState(agent.state, transition)
  if (to && (await agents.move(agent.id, [agent.state], to))) return to
  throw cannotMove(agent, transition)
}

/**
 * Lets through what the lifecycle table allows, as far as an agent's state was read.
 *
 * @throws {Problem} agent_state_conflict
 */
export function assertCanMove(agent: Pick<Agent, "state">, transition: Transition): void {
  if (!nextState(agent.state, transition)) throw cannotMove(agent, transition)
}

/** Answers why the lifecycle table refuses a transition. */
export function cannotMove(agent: Pick<Agent, "state">, transition: Transition): Problem {
  const from = TRANSITIONS[transition].from.join(" or ")
  return new Problem("agent_state_conflict", `the agent is ${agent.state}; only ${from} can be changed so`)
}
