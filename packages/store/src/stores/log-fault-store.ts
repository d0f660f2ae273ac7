import type { LogFaultStore } from "@tabard/control"
import { fromTime, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"

/** Keeps what keeps the log from being published in the table `log_fault`, at most one row for each organisation. */
export function logFaultStore({ db, organisation }: Scope): LogFaultStore {
  return {
    async find() {
      const row = await db
        .selectFrom("log_fault")
        .select(["kind", "since"])
        .where("organisation", "=", organisation)
        .executeTakeFirst()
      return row && { kind: row.kind, since: fromTime(row.since) }
    },

    async tell({ kind, since }) {
      const told = { kind, since: toTime(since) }
      await db
        .insertInto("log_fault")
        .values({ organisation, ...told })
        .onConflict((conflict) =>
          conflict.column("organisation").doUpdateSet(told).where("log_fault.kind", "<>", kind),
        )
        .execute()
    },

    async clear() {
      const { numDeletedRows } = await db
        .deleteFrom("log_fault")
        .where("organisation", "=", organisation)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}
