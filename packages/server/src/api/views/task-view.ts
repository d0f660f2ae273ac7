import type { TaskView } from "@tabard/api"
import { isOpen, type Task } from "@tabard/core"
import type { Names } from "./names.ts"

/** Shows one task. */
export function taskView(task: Task, names: Names, now: Date): TaskView {
  return {
    id: task.id,
    agent: task.agent,
    text: task.text,
    onBehalfOf: names.person(task.onBehalfOf),
    server: task.scope.server,
    tools: task.scope.tools,
    folder: task.scope.folder,
    openedAt: task.openedAt.toISOString(),
    expiresAt: task.expiresAt.toISOString(),
    closedAt: task.closedAt?.toISOString() ?? null,
    open: isOpen(task, now),
  }
}
