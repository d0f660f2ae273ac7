import type { LimitPeriod, Task } from "@tabard/core"

/** The time within which calls are counted against each other. */
export interface BudgetWindow {
  /** When it began, or which task it lasts with: the name that its count is kept under. */
  readonly opened: string
  readonly endsAt: Date
}

const LENGTH_MS: Readonly<Record<Exclude<LimitPeriod, "task">, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
}

/** Answers the window of a time: minutes, hours and days of UTC, one after another. Without a task none lasts with one. */
export function windowOf(
  per: LimitPeriod,
  now: Date,
  task: Pick<Task, "id" | "expiresAt"> | null,
): BudgetWindow | undefined {
  if (per === "task") return task ? { opened: task.id, endsAt: task.expiresAt } : undefined
  const length = LENGTH_MS[per]
  const opened = Math.floor(now.getTime() / length) * length
  return { opened: new Date(opened).toISOString(), endsAt: new Date(opened + length) }
}
