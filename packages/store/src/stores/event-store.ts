import { type Arrival, type ArrivalQuery, type EventStore, marksOf, type StoredEvent } from "@tabard/control"
import { type RawBuilder, type Selectable, sql } from "kysely"
import { boundedLimit, fromTime, inPortions, inWrites, toTime } from "../columns.ts"
import { compiledOnce } from "../compiled-once.ts"
import type { Scope } from "../scope.ts"
import { StoreProblem } from "../store-problem.ts"
import type { EventRow } from "../tables/audit.ts"
import { eventValues, keepValues } from "./event-values.ts"
import { listEvents } from "./list-events.ts"

/** Keeps events in the table `event`, in the order in which they were kept. */
export function eventStore(scope: Scope): EventStore {
  return {
    ...keeping(scope),
    ...eventValues(scope),
    ...marking(scope),
    ...following(scope),
    ...sequencing(scope),
    ...waiting(scope),
  }
}

const insertEvent = compiledOnce((db, row: Omit<EventRow, "arrival">) => db.insertInto("event").values(row))

function keeping(scope: Scope): Pick<EventStore, "append" | "appendAll" | "find" | "list" | "latestOf"> {
  const { db, organisation } = scope
  const events = () => db.selectFrom("event").where("organisation", "=", organisation)
  return {
    async append(event) {
      await insertEvent(db, { organisation, ...toRow(event) })
      await keepValues(scope, [event])
    },

    async appendAll(all) {
      await inWrites(all, (portion) =>
        db
          .insertInto("event")
          .values(portion.map((event) => ({ organisation, ...toRow(event) })))
          .execute(),
      )
      await keepValues(scope, all)
    },

    async find(id) {
      const row = await events().selectAll().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },

    list: async (query) => (await listEvents(scope, query)).map(fromRow),

    latestOf: (...asked) => latestOf(scope, ...asked),
  }
}

function marking({ db, organisation }: Scope): Pick<EventStore, "unmarked" | "mark"> {
  return {
    async unmarked(limit) {
      const rows = await db
        .selectFrom("event")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("marked", "is", null)
        .orderBy("arrival")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(fromRow)
    },

    async mark(events) {
      for (const { id, bytes } of events) {
        const one = db.updateTable("event").set(marks(bytes)).where("organisation", "=", organisation)
        await one.where("id", "=", id).execute()
      }
    },
  }
}

/** The bytes are left out: whoever follows reads many, and only to know what they are about. */
function following({ db, organisation }: Scope): Pick<EventStore, "arrivals"> {
  const arrivals = () =>
    db
      .selectFrom("event")
      .select(["arrival", "id", "type", "at", "agent"])
      .where("organisation", "=", organisation)
  const rowsOf = async (query: ArrivalQuery): Promise<readonly ArrivalRow[]> => {
    if ("newest" in query) {
      const newest = arrivals().orderBy("arrival", "desc").limit(boundedLimit(query.newest))
      return (await newest.execute()).toReversed()
    }
    if ("behind" in query) {
      return arrivals()
        .where("arrival", ">", query.behind)
        .orderBy("arrival")
        .limit(boundedLimit(query.limit))
        .execute()
    }
    return inPortions(
      query.among.toSorted((a, b) => a - b),
      (portion) => arrivals().where("arrival", "in", portion).orderBy("arrival").execute(),
    )
  }
  return { arrivals: async (query) => (await rowsOf(query)).map(arrivalOf) }
}

type ArrivalRow = Pick<Selectable<EventRow>, "arrival" | "id" | "type" | "at" | "agent">

function arrivalOf({ arrival, id, type, at, agent }: ArrivalRow): Arrival {
  return { number: arrival, id, type, at: fromTime(at), agent }
}

function sequencing({
  db,
  organisation,
}: Scope): Pick<EventStore, "unsequenced" | "sequence" | "sequenceWaiting" | "unsequence" | "range"> {
  const events = () => db.selectFrom("event").selectAll().where("organisation", "=", organisation)
  return {
    async unsequenced(limit) {
      const rows = await events()
        .where("place", "is", null)
        .orderBy("arrival")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(fromRow)
    },

    async sequence(id, index) {
      const { numUpdatedRows } = await db
        .updateTable("event")
        .set({ place: index })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("place", "is", null)
        .executeTakeFirstOrThrow()
      if (numUpdatedRows !== 1n) {
        throw new StoreProblem(
          "refused",
          `event ${id} is not waiting for a place: it has one, or is not here`,
        )
      }
    },

    // The events are found by their keys: one index of all that wait would be walked for each of them.
    async sequenceWaiting(from, limit) {
      const result = await sql`update event set place = ${from} + waiting.turn
        from (select arrival, row_number() over (order by arrival) - 1 as turn from (select arrival from event
          where organisation = ${organisation} and place is null
          order by arrival limit ${boundedLimit(limit)}) as oldest) as waiting
        where event.arrival = waiting.arrival and coalesce(event.organisation, '') = ${organisation}`.execute(
        db,
      )
      return Number(result.numAffectedRows ?? 0n)
    },

    async unsequence(from) {
      await db
        .updateTable("event")
        .set({ place: null })
        .where("organisation", "=", organisation)
        .where("place", ">=", from)
        .execute()
    },

    async range(from, to) {
      const rows = await events()
        .where("place", ">=", from)
        .where("place", "<", to)
        .orderBy("place")
        .execute()
      return rows.map(fromRow)
    },
  }
}

function waiting({ db, organisation }: Scope): Pick<EventStore, "waitingSince"> {
  const events = db.selectFrom("event").select("at").where("organisation", "=", organisation)
  const unplaced = events.where("place", "is", null).orderBy("arrival").limit(1)
  return {
    async waitingSince(place) {
      const placed = await events.where("place", "=", place).executeTakeFirst()
      const row = placed ?? (await unplaced.executeTakeFirst())
      return row && fromTime(row.at)
    },
  }
}

async function latestOf(
  { db, organisation, lateral }: Scope,
  ...[agents, type, limit]: Parameters<EventStore["latestOf"]>
): Promise<readonly StoredEvent[]> {
  const latest = (agent: RawBuilder<string>): RawBuilder<Selectable<EventRow>> =>
    sql`select * from event where organisation = ${organisation} and agent = ${agent}
      and coalesce(type, '') = ${type}
      order by arrival desc limit ${boundedLimit(limit)}`
  const named = [...new Set(agents)]
  if (lateral && named.length > 0) {
    const asked = sql.join(named.map((agent) => sql`(${agent})`))
    const { rows } = await sql<Selectable<EventRow>>`select latest.* from (values ${asked}) as asked (agent)
      cross join lateral (${latest(sql.ref("asked.agent"))}) as latest`.execute(db)
    return rows.map(fromRow)
  }
  const found: StoredEvent[] = []
  for (const agent of named) found.push(...(await latest(sql.val(agent)).execute(db)).rows.map(fromRow))
  return found
}

function toRow(event: StoredEvent): Omit<EventRow, "organisation" | "arrival"> {
  return {
    id: event.id,
    type: event.type,
    at: toTime(event.at),
    agent: event.agent,
    task: event.task,
    call: event.call,
    bytes: event.bytes,
    // A place is given by `sequence` alone, whatever the event says of itself.
    place: null,
    ...marks(event.bytes),
  }
}

function marks(bytes: Uint8Array): Marks {
  const { actor, owner, served, named, ...rest } = marksOf(bytes)
  return {
    actor_user: actor,
    owner_user: owner,
    served_user: served,
    named_user: named,
    ...rest,
    marked: 1,
  }
}

type Marks = Omit<
  EventRow,
  "organisation" | "arrival" | "id" | "type" | "at" | "agent" | "task" | "call" | "bytes" | "place"
>

function fromRow(row: Selectable<EventRow>): StoredEvent {
  return {
    id: row.id,
    type: row.type,
    at: fromTime(row.at),
    agent: row.agent,
    task: row.task,
    call: row.call,
    bytes: new Uint8Array(row.bytes),
    index: row.place,
  }
}
