import type { Id } from "../ids.ts"

/** Who opened a task decides what its text is worth: an agent's own words compile to nothing. */
export type TaskOpener = { readonly kind: "user"; readonly user: Id<"user"> }

/** What a person lets one task do on one server: these tools, under this folder. */
export interface TaskScope {
  readonly server: Id<"server">
  readonly tools: readonly string[]
  /** An absolute path, or null where no tool of the scope takes one. */
  readonly folder: string | null
}

/** One bounded run under an intent: what was asked, for whom, until when. */
export interface Task {
  readonly id: Id<"task">
  readonly agent: Id<"agent">
  /** The person's own words. Kept as evidence; compiled later, never obeyed as they stand. */
  readonly text: string
  readonly opener: TaskOpener
  /** The person served. */
  readonly onBehalfOf: Id<"user">
  readonly scope: TaskScope
  readonly openedAt: Date
  readonly expiresAt: Date
  readonly closedAt: Date | null
}

/** Answers whether a task may still be acted under. */
export function isOpen(task: Task, now: Date): boolean {
  return task.closedAt === null && now < task.expiresAt
}
