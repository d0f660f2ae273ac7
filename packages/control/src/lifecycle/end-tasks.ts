import type { Agent } from "@tabard/core"
import type { Actor, RecordContext } from "../audit/event/audit-event.ts"
import { endTask } from "../tasks/end-task.ts"
import type { Transaction } from "../transaction.ts"

/** Whose things end, on whose word. */
export interface Ending {
  readonly agent: Agent
  readonly actor: Actor
}

const MOST_OPEN_TASKS = 1000

/** Closes every open task of an agent, each with its event and its policies. */
export async function endTasks(
  deps: RecordContext,
  tx: Parameters<typeof endTask>[1] & Pick<Transaction, "tasks">,
  { agent, actor }: Ending,
): Promise<void> {
  for (const task of await tx.tasks.of(agent.id, MOST_OPEN_TASKS)) {
    if (task.closedAt === null)
      await endTask(deps, tx, { task, actor, owner: agent.owner, event: "task.closed" })
  }
}
