import type { Transact } from "../../../transaction.ts"

/** What a process that is killed leaves of the promise that it waited for. */
export class Killed extends Error {
  override readonly name = "Killed"
}

/** Counts transactions, and dies at one of them. */
export interface DyingTransact {
  readonly transact: Transact
  /** How many were begun. */
  readonly begun: () => number
}

/**
 * Answers `transact` as a process has it that is killed at its transaction number `at`, counted from 1: before it
 * commits, or after it did and before anybody hears of it. From then on nothing is begun any more.
 */
export function dyingAt(transact: Transact, at: number, when: "before" | "after"): DyingTransact {
  let begun = 0
  return {
    begun: () => begun,
    transact: async (work) => {
      begun++
      if (begun > at) throw new Killed()
      if (begun < at) return transact(work)
      if (when === "before")
        return transact(async (tx) => {
          await work(tx)
          throw new Killed()
        })
      await transact(work)
      throw new Killed()
    },
  }
}
