import { type SinkProgress, type SinkProgressStore, type SinkStep, sinkLease } from "@tabard/control"
import type { Id } from "@tabard/core"
import { type RawBuilder, type SqlBool, sql } from "kysely"
import { fromTimeOrNull, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { SinkProgressRow } from "../tables/sinks.ts"

/** Keeps how far sinks have come in `sink_progress`, and what each carried by the hour in `sink_pace`. */
export function sinkProgressStore(scope: Scope): SinkProgressStore {
  return { ...reading(scope), ...carrying(scope), ...minding(scope), ...pacing(scope) }
}

function reading({ db, organisation }: Scope): Pick<SinkProgressStore, "begin" | "find" | "list" | "forget"> {
  const progress = () => db.selectFrom("sink_progress").selectAll().where("organisation", "=", organisation)
  return {
    async begin(sink, place) {
      await db
        .insertInto("sink_progress")
        .values({ organisation, sink, place, reached: place, ...NEW })
        .execute()
    },

    async find(sink) {
      const row = await progress().where("sink", "=", sink).executeTakeFirst()
      return row && fromRow(row)
    },

    list: async () => (await progress().orderBy("sink").execute()).map(fromRow),

    async forget(sink) {
      for (const table of ["sink_progress", "sink_pace"] as const) {
        await db.deleteFrom(table).where("organisation", "=", organisation).where("sink", "=", sink).execute()
      }
    },
  }
}

const WELL = { standing: "well", failures: 0, due: null, said: null, troubled_since: null, told: 0 } as const
const NEW = { ...WELL, checkpoint: 0, checkpoint_at: null, succeeded_at: null, failed_at: null } as const

function carrying(scope: Scope): Pick<SinkProgressStore, "step" | "trouble"> {
  // The lease is looked at in the statement that writes: one who lost it moves nothing.
  const led = (sink: Id<"sink">, fence: number) => change(scope, sink).where(leads(scope, sink, fence))
  return {
    async step(step) {
      const { numUpdatedRows } = await led(step.sink, step.fence)
        .set({ place: step.to, reached: furthest(step.to), ...stepColumns(step) })
        .where("place", "=", step.from)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async trouble({ sink, fence, standing, at, due, said, told }) {
      const { numUpdatedRows } = await led(sink, fence)
        .set((eb) => ({
          standing,
          due: toTime(due),
          said,
          told: told ? 1 : 0,
          failed_at: toTime(at),
          failures: eb("failures", "+", 1),
          troubled_since: eb.fn.coalesce("troubled_since", sql<number>`cast(${toTime(at)} as bigint)`),
        }))
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function stepColumns({ at, carried, checkpoint }: SinkStep): Partial<SinkProgressRow> {
  if (!carried) return {}
  return {
    ...WELL,
    succeeded_at: toTime(at),
    ...(checkpoint !== undefined && { checkpoint, checkpoint_at: toTime(at) }),
  }
}

function minding(scope: Scope): Pick<SinkProgressStore, "replay" | "wake"> {
  return {
    async replay(sink, to) {
      const before = await scope.db
        .selectFrom("sink_progress")
        .select("place")
        .where("organisation", "=", scope.organisation)
        .where("sink", "=", sink)
        .executeTakeFirst()
      if (!before) return undefined
      const { numUpdatedRows } = await change(scope, sink)
        .set({ place: to, due: null })
        .where("place", "=", before.place)
        .where("place", ">=", to)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n ? before.place : undefined
    },

    async wake(sink) {
      await change(scope, sink).set({ due: null }).execute()
    },
  }
}

function pacing({ db, organisation }: Scope): Pick<SinkProgressStore, "count" | "pace" | "prune"> {
  return {
    async count(sink, hour, { entries, late }) {
      await db
        .insertInto("sink_pace")
        .values({ organisation, sink, hour: toTime(hour), entries, late })
        .onConflict((conflict) =>
          conflict.columns(["organisation", "sink", "hour"]).doUpdateSet((eb) => ({
            entries: eb("sink_pace.entries", "+", entries),
            late: eb("sink_pace.late", "+", late),
          })),
        )
        .execute()
    },

    async pace(since) {
      const rows = await db
        .selectFrom("sink_pace")
        .select(["sink", sum("entries").as("entries"), sum("late").as("late")])
        .where("organisation", "=", organisation)
        .where("hour", ">=", toTime(since))
        .groupBy("sink")
        .execute()
      return new Map(rows.map(({ sink, entries, late }) => [sink, { entries, late }]))
    },

    async prune(before) {
      const { numDeletedRows } = await db
        .deleteFrom("sink_pace")
        .where("organisation", "=", organisation)
        .where("hour", "<", toTime(before))
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

function change({ db, organisation }: Scope, sink: Id<"sink">) {
  return db.updateTable("sink_progress").where("organisation", "=", organisation).where("sink", "=", sink)
}

function leads({ organisation }: Scope, sink: Id<"sink">, fence: number): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select 1 from lease where organisation = ${organisation}
    and job = ${sinkLease(sink)} and fence = ${fence})`
}

function furthest(place: number): RawBuilder<number> {
  const to = sql`cast(${place} as bigint)`
  return sql<number>`case when reached > ${to} then reached else ${to} end`
}

function sum(column: "entries" | "late"): RawBuilder<number> {
  return sql<number>`cast(sum(${sql.ref(column)}) as bigint)`
}

function fromRow(row: SinkProgressRow): SinkProgress {
  return {
    sink: row.sink,
    place: row.place,
    reached: row.reached,
    checkpoint: row.checkpoint,
    checkpointAt: fromTimeOrNull(row.checkpoint_at),
    standing: row.standing,
    failures: row.failures,
    due: fromTimeOrNull(row.due),
    said: row.said,
    troubledSince: fromTimeOrNull(row.troubled_since),
    told: row.told === 1,
    succeededAt: fromTimeOrNull(row.succeeded_at),
    failedAt: fromTimeOrNull(row.failed_at),
  }
}
