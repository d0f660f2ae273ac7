import type { EventStore, EventValue, NewEvent } from "@tabard/control"
import type { Id } from "@tabard/core"
import type { Selectable } from "kysely"
import { fromJson, inPortions, inWrites, toJson } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { EventValueRow } from "../tables/audit.ts"

/** Keeps what events commit to in the table `event_value`. */
export function eventValues({ db, organisation }: Scope): Pick<EventStore, "valuesOf" | "eraseValuesAbout"> {
  const values = () => db.selectFrom("event_value").selectAll().where("organisation", "=", organisation)
  return {
    async valuesOf(events) {
      const rows = await inPortions(
        events.map(({ id }) => id),
        (portion) => values().where("event", "in", portion).orderBy("field").execute(),
      )
      const byEvent = new Map<Id<"event">, EventValue[]>()
      for (const row of rows) byEvent.set(row.event, [...(byEvent.get(row.event) ?? []), fromRow(row)])
      return byEvent
    },

    async eraseValuesAbout(person) {
      const { numDeletedRows } = await db
        .deleteFrom("event_value")
        .where("organisation", "=", organisation)
        .where("person", "=", person)
        .where("erasable", "=", 1)
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

/** Keeps the values of events that are being kept, in the same transaction. */
export async function keepValues({ db, organisation }: Scope, events: readonly NewEvent[]): Promise<void> {
  const rows = events.flatMap(({ id, values = [] }) => values.map((value) => toRow(id, value)))
  await inWrites(rows, (portion) =>
    db
      .insertInto("event_value")
      .values(portion.map((row) => ({ organisation, ...row })))
      .execute(),
  )
}

function toRow(event: Id<"event">, value: EventValue): Omit<EventValueRow, "organisation"> {
  const { field, salt, class: kind, person, erasable } = value
  return { event, field, salt, value: toJson(value.value), class: kind, person, erasable: erasable ? 1 : 0 }
}

function fromRow({
  field,
  salt,
  value,
  class: kind,
  person,
  erasable,
}: Selectable<EventValueRow>): EventValue {
  return {
    field,
    salt: new Uint8Array(salt),
    value: fromJson(value),
    class: kind,
    person,
    erasable: erasable === 1,
  }
}
