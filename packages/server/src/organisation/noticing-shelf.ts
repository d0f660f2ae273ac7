import type { Shelf, Transaction } from "@tabard/control"

/**
 * Answers a shelf that says so when a unit of work changes an input of decisions: before it commits, and once more when
 * it has, so that nothing that was read in between is kept.
 */
export function noticingShelf({ transact, snapshot }: Shelf, changed: () => void): Shelf {
  return {
    snapshot,
    transact: async (work) => {
      let bumped = false
      const notice = (): void => {
        bumped = true
        changed()
      }
      try {
        return await transact((tx) => work(noticing(tx, notice)))
      } finally {
        if (bumped) changed()
      }
    },
  }
}

function noticing(tx: Transaction, notice: () => void): Transaction {
  const organisation = {
    ...tx.organisation,
    bumpVersion: () => {
      notice()
      return tx.organisation.bumpVersion()
    },
  }
  return { ...tx, organisation }
}
