import { isId, Problem, type Task } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { endTask } from "./end-task.ts"

/** The stores that ending a task touches. */
export type CloseTaskStores =
  | "agents"
  | "approvals"
  | "organisation"
  | "outbox"
  | "policies"
  | "tasks"
  | "tokens"

export interface CloseTaskDeps extends RecordContext {
  readonly transact: Transact<CloseTaskStores>
}

/**
 * Closes a task at once, with its tokens and questions. The person served may, and whoever answers for the agent.
 *
 * @throws {Problem} task_not_found, task_not_open, not_allowed
 */
export async function closeTask(deps: CloseTaskDeps, by: Caller, id: string): Promise<Task> {
  return deps.transact(async (tx) => {
    const task = isId("task", id) ? await tx.tasks.find(id) : undefined
    if (!task) throw new Problem("task_not_found", `there is no task ${id.slice(0, 80)}`)
    const owner = (await tx.agents.find(task.agent))?.owner ?? null
    if (by.id !== task.onBehalfOf) assertAnswersFor(by, owner)

    const actor = { kind: "user", id: by.id } as const
    if (!(await endTask(deps, tx, { task, actor, owner, event: "task.closed" }))) {
      throw new Problem("task_not_open", `${task.id} has ended already`)
    }
    await tx.organisation.bumpVersion()
    return { ...task, closedAt: deps.clock.now() }
  })
}

/** How many tasks are ended in one transaction. */
const BATCH = 100

/** Ends tasks whose time is over; answers how many. Nothing waits for it: a task past its time is refused at every door. */
export async function expireTasks(deps: CloseTaskDeps): Promise<number> {
  return deps.transact(async (tx) => {
    const over = await tx.tasks.expired(deps.clock.now(), BATCH)
    for (const task of over) await expire(deps, tx, task)
    if (over.length > 0) await tx.organisation.bumpVersion()
    return over.length
  })
}

async function expire(
  deps: CloseTaskDeps,
  tx: Pick<Transaction, CloseTaskStores>,
  task: Task,
): Promise<void> {
  const owner = (await tx.agents.find(task.agent))?.owner ?? null
  await endTask(deps, tx, { task, actor: { kind: "system", id: "expiry" }, owner, event: "task.expired" })
}
