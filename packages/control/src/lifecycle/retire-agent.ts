import type { Agent } from "@tabard/core"
import { type Actor, recordEvent } from "../audit/event.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import { endTask } from "../tasks/end-task.ts"
import type { Transaction } from "../transaction.ts"
import { move, type StandingChange, type StandingStores, type StopAgentDeps } from "./stop-agent.ts"
import { withdrawStanding } from "./withdraw-standing.ts"

/**
 * Ends an agent for ever: its keys, tokens, tasks, questions and policies go in one transaction, and its id is never
 * used again. What we issued is then refused wherever it is tried; credentials that others issued to it stay in the
 * inventory, for people to end where they were made.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, not_allowed
 */
export async function retireAgent(deps: StopAgentDeps, by: Caller, change: StandingChange): Promise<Agent> {
  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, change.agent)
    assertAnswersFor(by, agent.owner)
    const actor: Actor = { kind: "user", id: by.id }
    const common = { actor, agent: agent.id, owner: agent.owner }

    const retiring = { ...agent, state: await move(tx, agent, "retire") }
    await recordEvent(deps, tx.outbox, { ...common, type: "agent.retiring", data: { reason: change.reason } })
    await withdrawStanding(deps, tx, { agent, actor, why: "the agent was retired" })
    await endTasks(deps, tx, { agent, actor })
    await revokeKeys(deps, tx, { agent, actor })
    await tx.policies.remove("intent", agent.id, deps.clock.now())

    const state = await move(tx, retiring, "finish")
    await tx.organisation.bumpVersion()
    await recordEvent(deps, tx.outbox, { ...common, type: "agent.retired" })
    return { ...agent, state }
  })
}

type Stores = Pick<Transaction, StandingStores>

/** Whose things end, on whose word. */
interface Ending {
  readonly agent: Agent
  readonly actor: Actor
}

const MOST_OPEN_TASKS = 1000

async function endTasks(deps: StopAgentDeps, tx: Stores, { agent, actor }: Ending): Promise<void> {
  for (const task of await tx.tasks.of(agent.id, MOST_OPEN_TASKS)) {
    if (task.closedAt === null)
      await endTask(deps, tx, { task, actor, owner: agent.owner, event: "task.closed" })
  }
}

async function revokeKeys(deps: StopAgentDeps, tx: Stores, { agent, actor }: Ending): Promise<void> {
  const now = deps.clock.now()
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
