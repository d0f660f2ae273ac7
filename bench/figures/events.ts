import { recordEvent, type Shelf } from "@tabard/control"
import { systemClock } from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import { type Contestant, hold, inFlight } from "../contest.ts"
import { crowds, type Figure, type Table } from "../figure.ts"
import { addOtherAgents } from "../world/other-agents.ts"
import { openPlainSqlite } from "../world/plain-sqlite.ts"
import { BENCH_ORGANISATION, insertRows, keepOrganisation, newEvent } from "../world/recorded-events.ts"

const CALLERS = [1, 64, 256]

/** An event by group commit, against node:sqlite inserting the same rows in batches of the same size, as durably. */
export const events: Figure = {
  name: "events",
  async measure(measuring) {
    await using stack = new AsyncDisposableStack()
    const plain = stack.use(await openPlainSqlite())
    keepOrganisation(plain)
    const shelves: { others: number; shelf: Shelf }[] = []
    for (const others of crowds(measuring)) {
      measuring.say(`events: a store with ${others} other agents`)
      const { store } = stack.use(await openTemporarySqlite())
      await store.ensureOrganisation(BENCH_ORGANISATION.slug, () => BENCH_ORGANISATION)
      const shelf = store.shelf(BENCH_ORGANISATION.id)
      await addOtherAgents({ shelf, count: others })
      shelves.push({ others, shelf })
    }
    const tables: Table[] = []
    for (const callers of CALLERS) {
      measuring.say(`events: ${callers} callers`)
      const standings = await hold(
        [
          {
            name: "bare node:sqlite, the same rows and batches",
            run: (count) => insertRows(plain, count, callers),
          },
          ...shelves.map(({ others, shelf }) => appends(shelf, others, callers)),
        ],
        measuring,
      )
      tables.push({ title: `an event kept durably, ${callers} callers at once`, standings })
    }
    return tables
  },
}

function appends(shelf: Shelf, others: number, callers: number): Contestant {
  return {
    name: "Tabard, group commit",
    others,
    run: inFlight(callers, () =>
      shelf.transact(({ outbox }) =>
        recordEvent({ organisation: BENCH_ORGANISATION, clock: systemClock }, outbox, newEvent()),
      ),
    ),
  }
}
