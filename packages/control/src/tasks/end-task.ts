import type { Id, Task } from "@tabard/core"
import type { Actor, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transaction } from "../transaction.ts"

/** The stores that a task's end touches. */
export type TaskEndStores = Pick<Transaction, "approvals" | "outbox" | "policies" | "tasks" | "tokens">

/** Which task ends, on whose word, and how it is told. */
export interface TaskEnd {
  readonly task: Task
  readonly actor: Actor
  readonly owner: Id<"user"> | null
  readonly event: "task.closed" | "task.expired"
}

/** Ends a task with all that hangs on it: its policies, tokens and questions. Answers false where it had ended already. */
export async function endTask(
  deps: RecordContext,
  tx: TaskEndStores,
  { task, actor, owner, event }: TaskEnd,
): Promise<boolean> {
  const now = deps.clock.now()
  if (!(await tx.tasks.close(task.id, now))) return false
  await tx.policies.remove("task", task.id, now)
  await tx.policies.remove("user", task.id, now)

  const common = { actor, agent: task.agent, task: task.id, owner, onBehalfOf: task.onBehalfOf }
  await recordEvent(deps, tx.outbox, { ...common, type: event })
  const tokens = await tx.tokens.revoke({ agent: task.agent, task: task.id }, now)
  if (tokens > 0) await recordEvent(deps, tx.outbox, { ...common, type: "token.revoked", data: { tokens } })
  for (const approval of await tx.approvals.cancel(
    { agent: task.agent, task: task.id },
    now,
    "the task ended",
  )) {
    await recordEvent(deps, tx.outbox, { ...common, type: "approval.cancelled", approval })
  }
  return true
}
