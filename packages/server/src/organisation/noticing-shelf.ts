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

/** A copy would make each of the stores, of which most units touch a few. */
function noticing(tx: Transaction, notice: () => void): Transaction {
  return new Proxy(tx, {
    get: (stores, name) =>
      name === "organisation" ? noticingBumps(stores.organisation, notice) : Reflect.get(stores, name),
  })
}

function noticingBumps(
  organisation: Transaction["organisation"],
  notice: () => void,
): Transaction["organisation"] {
  return {
    ...organisation,
    bumpVersion: () => {
      notice()
      return organisation.bumpVersion()
    },
  }
}
