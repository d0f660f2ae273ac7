import {
  type Agent,
  type AgentState,
  type Id,
  nextState,
  Problem,
  TRANSITIONS,
  type Transition,
} from "@tabard/core"
import type { Actor, RecordContext } from "../audit/event/audit-event.ts"
import type { EventType } from "../audit/event/event-types.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { withdrawPending } from "./open-offer.ts"
import { withdrawStanding } from "./withdraw-standing.ts"

/** The stores that an agent's standing touches. */
export type StandingStores =
  | "agents"
  | "approvals"
  | "instances"
  | "offers"
  | "organisation"
  | "outbox"
  | "policies"
  | "tasks"
  | "tokens"

export interface StopAgentDeps extends RecordContext {
  readonly transact: Transact<StandingStores | keyof AssessStores>
}

export interface ReopenAgentDeps extends RecordContext {
  readonly transact: Transact<"outbox" | keyof AssessStores>
}

/** An act of a person on an agent's standing. */
export interface StandingChange {
  readonly agent: string
  readonly reason: string
}

/**
 * Stops an agent at once: its tokens end, what it asked is withdrawn, and every door asks for its state before each act.
 * Its owner can let it go on.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, not_allowed
 */
export async function suspendAgent(deps: StopAgentDeps, by: Caller, change: StandingChange): Promise<Agent> {
  return changeStanding(
    deps,
    by,
    change,
    { transition: "suspend", event: "agent.suspended" },
    async (tx, agent, actor) => withdrawStanding(deps, tx, { agent, actor, why: "the agent was suspended" }),
  )
}

/**
 * Lets a stopped agent act again. What was ended stays ended: it gets new tokens and asks anew.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, not_allowed
 */
export async function resumeAgent(deps: StopAgentDeps, by: Caller, change: StandingChange): Promise<Agent> {
  return changeStanding(deps, by, change, { transition: "resume", event: "agent.resumed" })
}

/**
 * Says that a discovery is not an agent. It stays dismissed, however often it is seen.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, not_allowed
 */
export async function dismissAgent(deps: StopAgentDeps, by: Caller, change: StandingChange): Promise<Agent> {
  return changeStanding(
    deps,
    by,
    change,
    { transition: "dismiss", event: "agent.dismissed" },
    async (tx, agent, actor) => {
      await withdrawPending(deps, tx, { agent, actor, why: "the agent was dismissed" })
    },
  )
}

/**
 * Takes a dismissal back: the agent is discovered again, nobody's, and without what it was proposed with.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, not_allowed
 */
export async function reopenAgent(
  deps: ReopenAgentDeps,
  by: Caller,
  { agent: id, reason }: StandingChange,
): Promise<Agent> {
  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, null)
    const to = nextState(agent.state, "reopen")
    if (!to || !(await tx.agents.reopen(agent.id))) throw refused(agent, "reopen")
    await tx.organisation.bumpVersion()
    const actor: Actor = { kind: "user", id: by.id }
    await recordEvent(deps, tx.outbox, { type: "agent.reopened", actor, agent: agent.id, data: { reason } })
    await reassessAgents(deps, tx, [agent.id])
    return { ...agent, state: to, owner: null, mandate: null }
  })
}

/** Which row of the lifecycle table, and the event that says so. */
interface Step {
  readonly transition: Transition
  readonly event: EventType
}

type Stores = Pick<Transaction, StandingStores | keyof AssessStores>

/** Moves an agent by one row of the table, with everything that goes with it, in one transaction. */
async function changeStanding(
  deps: StopAgentDeps,
  by: Caller,
  { agent: id, reason }: StandingChange,
  ...[{ transition, event }, also]: [Step, ((tx: Stores, agent: Agent, actor: Actor) => Promise<void>)?]
): Promise<Agent> {
  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    const state = await move(tx, agent, transition)
    const actor: Actor = { kind: "user", id: by.id }
    await tx.organisation.bumpVersion()
    await recordEvent(deps, tx.outbox, {
      type: event,
      actor,
      agent: agent.id,
      owner: agent.owner,
      data: { reason },
    })
    await also?.(tx, agent, actor)
    await reassessAgents(deps, tx, [agent.id])
    return { ...agent, state }
  })
}

/** Moves an agent, or says why it cannot be moved. The store, not an earlier read, decides who wins. */
export async function move(
  { agents }: Pick<Transaction, "agents">,
  agent: Pick<Agent, "state"> & { id: Id<"agent"> },
  transition: Transition,
): Promise<AgentState> {
  const to = nextState(agent.state, transition)
  if (to && (await agents.move(agent.id, [agent.state], to))) return to
  throw refused(agent, transition)
}

/**
 * Lets through what the lifecycle table allows, as far as an agent's state was read.
 *
 * @throws {Problem} agent_state_conflict
 */
export function assertCanMove(agent: Pick<Agent, "state">, transition: Transition): void {
  if (!nextState(agent.state, transition)) throw refused(agent, transition)
}

function refused(agent: Pick<Agent, "state">, transition: Transition): Problem {
  const from = TRANSITIONS[transition].from.join(" or ")
  return new Problem("agent_state_conflict", `the agent is ${agent.state}; only ${from} can be changed so`)
}
