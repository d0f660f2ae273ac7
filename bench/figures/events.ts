import { type AuditEvent, recordEvent, type Shelf, type StoredEvent } from "@tabard/control"
import { newId, type Organisation, systemClock } from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import { type Contestant, hold, inFlight } from "../contest.ts"
import { crowds, type Figure, type Table } from "../figure.ts"
import { activeAgent, addOtherAgents } from "../world/other-agents.ts"
import { openPlainSqlite, type PlainSqlite } from "../world/plain-sqlite.ts"

const CALLERS = [1, 64, 256]

const ORGANISATION: Organisation = {
  id: newId("organisation", systemClock),
  slug: "default",
  name: "Default organisation",
  trustDomain: "tabard.localhost",
}

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
      await store.ensureOrganisation(ORGANISATION.slug, () => ORGANISATION)
      const shelf = store.shelf(ORGANISATION.id)
      await addOtherAgents({ shelf, count: others })
      shelves.push({ others, shelf })
    }
    const tables: Table[] = []
    for (const callers of CALLERS) {
      measuring.say(`events: ${callers} callers`)
      const standings = await hold(
        [inserts(plain, callers), ...shelves.map(({ others, shelf }) => appends(shelf, others, callers))],
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
        recordEvent({ organisation: ORGANISATION, clock: systemClock }, outbox, newEvent()),
      ),
    ),
  }
}

/** Making the rows is part of the work, as it is for Tabard. */
function inserts({ database }: PlainSqlite, size: number): Contestant {
  const insert = database.prepare(
    "insert into event (organisation, id, type, at, agent, task, call, bytes) values (?, ?, ?, ?, ?, ?, ?, ?)",
  )
  return {
    name: "bare node:sqlite, the same rows and batches",
    run: async (count) => {
      for (let left = count; left > 0; left -= size) {
        database.exec("begin immediate")
        for (let row = 0; row < Math.min(size, left); row++) {
          const { id, type, at, agent, task, call, bytes } = await newRow()
          insert.run(ORGANISATION.id, id, type, at.getTime(), agent, task, call, bytes)
        }
        database.exec("commit")
      }
    },
  }
}

/** The row that an event becomes. */
async function newRow(): Promise<StoredEvent> {
  const { promise, resolve } = Promise.withResolvers<StoredEvent>()
  const catching = { append: async (row: StoredEvent) => resolve(row) }
  await recordEvent({ organisation: ORGANISATION, clock: systemClock }, catching, newEvent())
  return promise
}

const ACTING = activeAgent(newId("user", systemClock))

function newEvent(): AuditEvent {
  const task = newId("task", systemClock)
  return {
    type: "call.decided",
    actor: { kind: "agent", id: ACTING.id },
    agent: ACTING.id,
    owner: ACTING.owner,
    task,
    call: newId("call", systemClock),
    action: "notes/read_text_file",
    resource: "srv_notes",
    decision: {
      id: newId("decision", systemClock),
      effect: "permit",
      code: "permitted",
      reasons: [`${task}/1`, `${ACTING.id}/1`],
      version: 7,
    },
  }
}

function keepOrganisation({ database }: PlainSqlite): void {
  const { id, slug, name, trustDomain } = ORGANISATION
  database
    .prepare("insert into organisation (id, slug, name, trust_domain) values (?, ?, ?, ?)")
    .run(id, slug, name, trustDomain)
}
