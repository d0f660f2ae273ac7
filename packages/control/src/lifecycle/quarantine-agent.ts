import { type Agent, type Id, nextState, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Transact, Transaction } from "../transaction.ts"
import type { StandingChange } from "./stop-agent.ts"
import { type StopStores, stopWithin } from "./stop-within.ts"

export interface QuarantineDeps extends RecordContext {
  readonly transact: Transact<StopStores>
}

/** What made the system stop an agent by itself. */
export interface Alarm {
  readonly agent: Id<"agent">
  /** Which part of the system heard of it, as events name it: `signals`, say. */
  readonly by: string
  /** A short word that programs tell apart: `session-revoked`, say. */
  readonly cause: string
  /** In words, for the person who has to look at it. */
  readonly reason: string
}

/**
 * Quarantines an agent on the word of security or an administrator, or of a machine with their token: it is off until
 * a person lets it go on.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, not_allowed
 */
export async function quarantineAgent(
  deps: QuarantineDeps,
  by: Caller,
  { agent: id, reason }: StandingChange,
): Promise<Agent> {
  if (!isSteward(by)) throw new Problem("not_allowed", "security and administrators quarantine agents")
  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    const actor = { kind: "user", id: by.id } as const
    return stopWithin(deps, tx, "quarantine", { agent, actor, reason, cause: "person" })
  })
}

/** The same by the system itself. Answers false where the agent does not act anyway: whoever is off stays as they are. */
export async function quarantineBySystem(deps: QuarantineDeps, alarm: Alarm): Promise<boolean> {
  return deps.transact((tx) => quarantineWithin(deps, tx, alarm))
}

/** The same within a transaction that goes on. */
export async function quarantineWithin(
  deps: RecordContext,
  tx: Pick<Transaction, StopStores>,
  { agent: id, by, cause, reason }: Alarm,
): Promise<boolean> {
  const agent = await tx.agents.find(id)
  if (!agent || !nextState(agent.state, "quarantine")) return false
  await stopWithin(deps, tx, "quarantine", { agent, actor: { kind: "system", id: by }, reason, cause })
  return true
}
