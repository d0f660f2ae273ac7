import { type AuditEvent, recordEvent, type StoredEvent } from "@tabard/control"
import { newId, type Organisation, systemClock } from "@tabard/core"
import { activeAgent } from "./other-agents.ts"
import type { PlainSqlite } from "./plain-sqlite.ts"

/** Whose events are measured. */
export const BENCH_ORGANISATION: Organisation = {
  id: newId("organisation", systemClock),
  slug: "default",
  name: "Default organisation",
  trustDomain: "tabard.localhost",
}

/** Inserts so many rows, as many in a transaction as said. Making the rows is part of the work, as it is for Tabard. */
export async function insertRows({ database }: PlainSqlite, count: number, size: number): Promise<void> {
  const insert = database.prepare(
    "insert into event (organisation, id, type, at, agent, task, call, bytes) values (?, ?, ?, ?, ?, ?, ?, ?)",
  )
  for (let left = count; left > 0; left -= size) {
    database.exec("begin immediate")
    for (let row = 0; row < Math.min(size, left); row++) {
      const { id, type, at, agent, task, call, bytes } = await newRow()
      insert.run(BENCH_ORGANISATION.id, id, type, at.getTime(), agent, task, call, bytes)
    }
    database.exec("commit")
  }
}

/** The row that an event becomes. */
export async function newRow(): Promise<StoredEvent> {
  const { promise, resolve } = Promise.withResolvers<StoredEvent>()
  const catching = { append: async (row: StoredEvent) => resolve(row) }
  await recordEvent({ organisation: BENCH_ORGANISATION, clock: systemClock }, catching, newEvent())
  return promise
}

const ACTING = activeAgent(newId("user", systemClock))

/** A decision about a tool call. */
export function newEvent(): AuditEvent {
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

/** Has the plain database know whose the rows are. */
export function keepOrganisation({ database }: PlainSqlite): void {
  const { id, slug, name, trustDomain } = BENCH_ORGANISATION
  database
    .prepare("insert into organisation (id, slug, name, trust_domain) values (?, ?, ?, ?)")
    .run(id, slug, name, trustDomain)
}
