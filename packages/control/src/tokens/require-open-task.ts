import { type Id, isOpen, Problem, type Task } from "@tabard/core"
import type { Transaction } from "../transaction.ts"

/**
 * Answers the task if it is one of these agents' and may be acted under at `now`: whoever acts, and those that it acts
 * for. Another agent's task is as unknown as one that never was, so that nobody learns which tasks there are.
 *
 * @throws {Problem} task_not_found, task_not_open
 */
export async function requireOpenTask(
  { tasks }: Pick<Transaction, "tasks">,
  agents: readonly [Id<"agent">, ...Id<"agent">[]],
  id: Id<"task">,
  now: Date,
): Promise<Task> {
  const task = await tasks.find(id)
  if (!task || !agents.includes(task.agent))
    throw new Problem("task_not_found", `${agents[0]} has no task ${id}.`)
  if (!isOpen(task, now)) throw new Problem("task_not_open", `${id} is over; its person has to open another.`)
  return task
}
