import { ById, TaskOpening } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { post } from "./operation-makers.ts"
import { TaskView } from "./views/task.ts"

/** Bounded runs of agents. */
export interface TaskOperations {
  readonly openTask: Operation<TaskOpening, TaskView>
  readonly closeTask: Operation<ById, TaskView>
}

export const TASK_OPERATIONS: TaskOperations = {
  openTask: post("/agents/:id/tasks", "signed-in", "Opens a bounded run for an agent", TaskOpening, TaskView),
  closeTask: post("/tasks/:id/closing", "signed-in", "Closes a task at once", ById, TaskView),
}
