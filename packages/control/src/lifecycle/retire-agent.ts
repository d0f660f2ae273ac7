import type { Agent, Id } from "@tabard/core"
import type { Actor, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { endTrustOf } from "../federation/remove-trust-rule.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
import { refreshFindings } from "../findings/refresh-findings.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { type Ending, endTasks } from "./end-tasks.ts"
import { move, type StandingStores } from "./move-agent.ts"
import { withdrawPending } from "./open-offer.ts"
import type { StandingChange } from "./stop-agent.ts"
import { withdrawStanding } from "./withdraw-standing.ts"

export interface RetireAgentDeps extends RecordContext {
  readonly transact: Transact<RetireStores>
}

/** The stores that retiring touches. */
export type RetireStores = StandingStores | "trustRules" | keyof AssessStores

/**
 * Ends an agent for ever: its keys, tokens, tasks, questions and policies go in one transaction, and its id is never
 * used again. What we issued is then refused wherever it is tried.
 *
 * Credentials that others issued to it are another matter: where any is known, nobody here can say that it ended, and
 * the agent stays *retiring* until a person signs for it.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, not_allowed
 */
export async function retireAgent(deps: RetireAgentDeps, by: Caller, change: StandingChange): Promise<Agent> {
  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, change.agent)
    assertAnswersFor(by, agent.owner)
    const actor: Actor = { kind: "user", id: by.id }
    const common = { actor, agent: agent.id, owner: agent.owner }

    const retiring = { ...agent, state: await move(tx, agent, "retire") }
    await withdrawStanding(deps, tx, { agent, actor, why: "the agent was retired" })
    await endTasks(deps, tx, { agent, actor })
    await revokeKeys(deps, tx, { agent, actor })
    await withdrawPending(deps, tx, { agent, actor, why: "the agent was retired" })
    await tx.policies.remove("intent", agent.id, deps.clock.now())
    await tx.organisation.bumpVersion()

    await reassessAgents(deps, tx, [agent.id])

    const unsettled = await othersCredentials(tx, agent)
    const data = { reason: change.reason, unsettledCredentials: [...unsettled] }
    await recordEvent(deps, tx.outbox, { ...common, type: "agent.retiring", data })
    if (unsettled.length > 0) return retiring

    const state = await move(tx, retiring, "finish")
    await recordEvent(deps, tx.outbox, { ...common, type: "agent.retired" })
    await refreshFindings(deps, tx, [agent.id])
    return { ...agent, state }
  })
}

/**
 * Signs, in a person's own name, that a retiring agent is retired although credentials of others may still work: the
 * exception and what it is about are in the record.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, not_allowed
 */
export async function signRetirement(
  deps: RetireAgentDeps,
  by: Caller,
  change: StandingChange,
): Promise<Agent> {
  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, change.agent)
    assertAnswersFor(by, agent.owner)
    const state = await move(tx, agent, "finish")
    await recordEvent(deps, tx.outbox, {
      type: "agent.retired",
      actor: { kind: "user", id: by.id },
      agent: agent.id,
      owner: agent.owner,
      data: { exception: change.reason, unsettledCredentials: [...(await othersCredentials(tx, agent))] },
    })
    await refreshFindings(deps, tx, [agent.id])
    return { ...agent, state }
  })
}

/** Answers the credentials that the agent was seen to hold; all of them were issued by somebody else. */
async function othersCredentials(
  { observations }: Pick<Transaction, "observations">,
  { id }: Agent,
): Promise<readonly Id<"credential">[]> {
  return (await observations.linksOf([id])).get(id)?.credentials ?? []
}

type Stores = Pick<Transaction, StandingStores | "trustRules">

async function revokeKeys(deps: RetireAgentDeps, tx: Stores, { agent, actor }: Ending): Promise<void> {
  const now = deps.clock.now()
  await endTrustOf(deps, tx, { agent, actor, reason: "the agent was retired" })
  for (const { id, revokedAt } of await tx.instances.of(agent.id)) {
    if (revokedAt !== null) continue
    await recordEvent(deps, tx.outbox, {
      type: "instance.revoked",
      actor,
      agent: agent.id,
      owner: agent.owner,
      instance: id,
    })
  }
  await tx.instances.revokeAll(agent.id, now)
}
