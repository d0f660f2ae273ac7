import type { Pruning, Retention, RetentionStore } from "@tabard/control"
import { fromTime, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { LogPruningRow, RetentionRow } from "../tables/audit.ts"

/** Keeps how long the record is kept in the table `retention`, and how far each log was pruned in `log_pruning`. */
export function retentionStore(scope: Scope): RetentionStore {
  return { ...settling(scope), ...pruning(scope), ...forgetting(scope) }
}

function settling({ db, organisation }: Scope): Pick<RetentionStore, "find" | "put"> {
  return {
    async find() {
      const row = await db
        .selectFrom("retention")
        .selectAll()
        .where("organisation", "=", organisation)
        .executeTakeFirst()
      return row && retentionOf(row)
    },

    async put({ months, reason, setBy, setAt }) {
      const row = { months, reason, set_by: setBy, set_at: toTime(setAt) }
      await db
        .insertInto("retention")
        .values({ organisation, ...row })
        .onConflict((conflict) => conflict.column("organisation").doUpdateSet(row))
        .execute()
    },
  }
}

function pruning({ db, organisation }: Scope): Pick<RetentionStore, "prunings" | "raise" | "clear"> {
  return {
    async prunings() {
      const rows = await db
        .selectFrom("log_pruning")
        .selectAll()
        .where("organisation", "=", organisation)
        .orderBy("generation")
        .execute()
      return rows.map(pruningOf)
    },

    async raise(generation, { from, to, at }) {
      if (to <= from) throw new RangeError("a minimum index is raised, never lowered")
      const raised = { minimum: to, raised_at: toTime(at) }
      if (from === 0) {
        const { numInsertedOrUpdatedRows } = await db
          .insertInto("log_pruning")
          .values({ organisation, generation, cleared: 0, ...raised })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow()
        return numInsertedOrUpdatedRows === 1n
      }
      const { numUpdatedRows } = await db
        .updateTable("log_pruning")
        .set(raised)
        .where("organisation", "=", organisation)
        .where("generation", "=", generation)
        .where("minimum", "=", from)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async clear(generation, to) {
      const { numUpdatedRows } = await db
        .updateTable("log_pruning")
        .set({ cleared: to })
        .where("organisation", "=", organisation)
        .where("generation", "=", generation)
        .where("cleared", "<", to)
        .where("minimum", ">=", to)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function forgetting({ db, organisation }: Scope): Pick<RetentionStore, "firstSince" | "forget"> {
  return {
    async firstSince(time, from, to) {
      const row = await db
        .selectFrom("event")
        .select("place")
        .where("organisation", "=", organisation)
        .where("place", ">=", from)
        .where("place", "<", to)
        .where("at", ">=", toTime(time))
        .orderBy("place")
        .limit(1)
        .executeTakeFirst()
      return row?.place ?? undefined
    },

    async forget(from, to) {
      const over = db
        .selectFrom("event")
        .select("id")
        .where("organisation", "=", organisation)
        .where("place", ">=", from)
        .where("place", "<", to)
      await db
        .deleteFrom("event_value")
        .where("organisation", "=", organisation)
        .where("event", "in", over)
        .execute()
      await db
        .deleteFrom("event")
        .where("organisation", "=", organisation)
        .where("place", ">=", from)
        .where("place", "<", to)
        .execute()
    },
  }
}

function retentionOf({ months, reason, set_by, set_at }: RetentionRow): Retention {
  return { months, reason, setBy: set_by, setAt: fromTime(set_at) }
}

function pruningOf({ generation, minimum, cleared, raised_at }: LogPruningRow): Pruning {
  return { generation, minimum, cleared, raisedAt: fromTime(raised_at) }
}
