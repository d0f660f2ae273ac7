import { type Agent, nextState, type Transition } from "@tabard/core"
import type { Actor, RecordContext } from "../audit/event/audit-event.ts"
import type { EventType } from "../audit/event/event-types.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { cannotMove, move } from "./move-agent.ts"
import { withdrawPending } from "./open-offer.ts"
import { type StopStores, stopWithin } from "./stop-within.ts"

export interface StopAgentDeps extends RecordContext {
  readonly transact: Transact<StopStores>
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
export async function suspendAgent(
  deps: StopAgentDeps,
  by: Caller,
  { agent: id, reason }: StandingChange,
): Promise<Agent> {
  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    return stopWithin(deps, tx, "suspend", { agent, actor: { kind: "user", id: by.id }, reason })
  })
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
    if (!to || !(await tx.agents.reopen(agent.id))) throw cannotMove(agent, "reopen")
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

type Stores = Pick<Transaction, StopStores>

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
