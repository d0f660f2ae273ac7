import { type Agent, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact } from "../transaction.ts"
import { assertAnswersFor, type Caller } from "./caller.ts"
import { findAgent } from "./find-agent.ts"
import { requirePerson } from "./require-person.ts"

export interface MaintainAgentDeps extends RecordContext {
  readonly transact: Transact<"agents" | "maintainers" | "outbox" | "users">
}

/** Who is to help, or to help no longer, with which agent. */
export interface MaintainerChange {
  readonly agent: string
  readonly user: string
}

/** The most people who help with one agent: more would answer for nothing. */
const MOST_MAINTAINERS = 20

/**
 * Lets a person help with an agent: they may say what describes it, and nothing of its mandate. Twice is as once.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, person_not_found, not_allowed
 */
export async function addMaintainer(
  deps: MaintainAgentDeps,
  by: Caller,
  { agent: id, user }: MaintainerChange,
): Promise<void> {
  await deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    const person = await requirePerson(tx.users, user)
    assertRoom(await tx.maintainers.of([agent.id]))
    const addedAt = deps.clock.now()
    if (!(await tx.maintainers.add({ agent: agent.id, user: person.id, addedBy: by.id, addedAt }))) return
    await recordEvent(deps, tx.outbox, told("maintainer.added", agent, { by, user: person.id }))
  })
}

/**
 * Ends a person's helping; they may do so themselves. Who did not help is left alone.
 *
 * @throws {Problem} agent_not_found, not_allowed
 */
export async function removeMaintainer(
  deps: MaintainAgentDeps,
  by: Caller,
  { agent: id, user }: MaintainerChange,
): Promise<void> {
  await deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    if (by.id !== user) assertAnswersFor(by, agent.owner)
    const helping = (await tx.maintainers.of([agent.id])).find((one) => one.user === user)
    if (!helping || !(await tx.maintainers.remove(agent.id, helping.user))) return
    await recordEvent(deps, tx.outbox, told("maintainer.removed", agent, { by, user }))
  })
}

function told(
  type: "maintainer.added" | "maintainer.removed",
  agent: Agent,
  { by, user }: { by: Caller; user: string },
): Parameters<typeof recordEvent>[2] {
  const actor = { kind: "user", id: by.id } as const
  return { type, actor, agent: agent.id, owner: agent.owner, data: { user } }
}

/**
 * Lets through where one more person may help with an agent.
 *
 * @throws {Problem} agent_state_conflict
 */
export function assertRoom(helping: readonly unknown[]): void {
  if (helping.length < MOST_MAINTAINERS) return
  throw new Problem(
    "agent_state_conflict",
    `an agent has at most ${MOST_MAINTAINERS} maintainers: remove one first`,
  )
}
