import { DatabaseSync } from "node:sqlite"
import { inUse, isBusy, sqliteErrorFacts, sqliteProblem } from "./sqlite-error.ts"

/** Answers where the lock of the store in a file is: beside it. */
export function lockPath(path: string): string {
  return `${path}-lock`
}

/**
 * Holds the store for this process alone until it is closed. The lock is an exclusive transaction on an empty
 * database beside the store's: the operating system takes it back when the process dies, however it dies, so
 * there is no stale file for anybody to delete.
 *
 * @throws {StoreProblem} in_use, unwritable
 */
export function lockForProcess(path: string): Disposable {
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(lockPath(path))
    lock.exec("begin exclusive")
  } catch (error) {
    lock?.close()
    const facts = sqliteErrorFacts(error)
    throw isBusy(facts) ? inUse(path) : sqliteProblem(path, facts)
  }
  const held = lock
  return { [Symbol.dispose]: () => held.close() }
}
