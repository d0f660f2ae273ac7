import type { TaskView, TokenView } from "@tabard/api"

/** The live tokens of one task; those without one stand together. */
export interface TaskTokens {
  readonly task: string | null
  /** The task where it is the agent's own; of another agent's only its id is known here. */
  readonly own: TaskView | undefined
  readonly tokens: readonly TokenView[]
}

/** Answers live tokens by the task that they are for, in the order in which each task first comes. */
export function tokensByTask(
  tokens: readonly TokenView[],
  tasks: readonly TaskView[],
): readonly TaskTokens[] {
  return [...Map.groupBy(tokens, ({ task }) => task)].map(([task, held]) => ({
    task,
    own: tasks.find(({ id }) => id === task),
    tokens: held,
  }))
}
