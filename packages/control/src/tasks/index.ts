export { closeTask, expireTasks } from "./close-task.ts"
export { openTask } from "./open-task.ts"
export type { TaskStore } from "./task-store.ts"
