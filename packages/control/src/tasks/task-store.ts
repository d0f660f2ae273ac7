import type { Id, Task } from "@tabard/core"

/** Keeps tasks. Each sentence below is a test in task-store.contract.ts. */
export interface TaskStore {
  /** Rejects where the id is taken. */
  insert(task: Task): Promise<void>

  /** Answers undefined where there is no such task here. */
  find(id: Id<"task">): Promise<Task | undefined>

  /** Answers the tasks of these ids; one that is not here is left out. */
  findAll(ids: readonly Id<"task">[]): Promise<readonly Task[]>

  /** Answers an agent's tasks, newest first. */
  of(agent: Id<"agent">, limit: number): Promise<readonly Task[]>

  /** Answers how many tasks of these agents together nobody closed, also where their time is over. */
  countUnclosed(agents: readonly Id<"agent">[]): Promise<number>

  /** Answers tasks that are neither closed nor expired at `now`. */
  open(now: Date): Promise<readonly Task[]>

  /** Closes an open task; of any number of callers exactly one answers true. */
  close(id: Id<"task">, at: Date): Promise<boolean>

  /** Answers tasks that nobody closed and whose time ended before `now`. */
  expired(now: Date, limit: number): Promise<readonly Task[]>
}
