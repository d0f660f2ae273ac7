import type { Agent, Transition } from "@tabard/core"
import type { Actor, RecordContext } from "../audit/event/audit-event.ts"
import type { EventType } from "../audit/event/event-types.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
import type { Transaction } from "../transaction.ts"
import { move, type StandingStores } from "./move-agent.ts"
import { withdrawStanding } from "./withdraw-standing.ts"

/** The stores that stopping an agent touches. */
export type StopStores = StandingStores | keyof AssessStores

/** Which agent is stopped, on whose word, and why. */
export interface Stop {
  readonly agent: Agent
  readonly actor: Actor
  /** In words, for whoever has to look at it. */
  readonly reason: string
  /** What brought it about, where no person decided it: a short word that programs tell apart. */
  readonly cause?: string
}

/** By a person, or by the system until a person has looked. */
export type StopTransition = Extract<Transition, "quarantine" | "suspend">

const STOPS: Readonly<Record<StopTransition, { readonly event: EventType; readonly why: string }>> = {
  suspend: { event: "agent.suspended", why: "the agent was suspended" },
  quarantine: { event: "agent.quarantined", why: "the agent was quarantined" },
}

/**
 * Stops an agent within a transaction: its tokens end and what it asked is withdrawn, each with its event, and whoever
 * keeps its standing in mind has to ask anew.
 *
 * @throws {Problem} agent_state_conflict
 */
export async function stopWithin(
  deps: RecordContext,
  tx: Pick<Transaction, StopStores>,
  how: StopTransition,
  { agent, actor, reason, cause }: Stop,
): Promise<Agent> {
  const { event, why } = STOPS[how]
  const stopped = { ...agent, state: await move(tx, agent, how) }
  await tx.organisation.bumpVersion()
  const data = { reason, ...(cause !== undefined && { cause }) }
  await recordEvent(deps, tx.outbox, { type: event, actor, agent: agent.id, owner: agent.owner, data })
  await withdrawStanding(deps, tx, { agent, actor, why })
  await reassessAgents(deps, tx, [agent.id])
  return stopped
}
