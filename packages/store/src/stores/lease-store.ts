import type { LeaseStore } from "@tabard/control"
import { sql } from "kysely"
import { toTime } from "../columns.ts"
import { DATABASE_TIME } from "../database-time.ts"
import type { Scope } from "../scope.ts"

/** Keeps who leads a job in the table `lease`; its number only rises, and outlives every holder. */
export function leaseStore({ db, organisation, databaseTime }: Scope): LeaseStore {
  return {
    async acquire(job, holder, ms, now) {
      if (!Number.isSafeInteger(ms) || ms < 1) throw new RangeError("a lease is held for whole milliseconds")
      const at = databaseTime ? DATABASE_TIME : sql<number>`cast(${toTime(now)} as bigint)`
      const until = sql<number>`${at} + cast(${ms} as bigint)`
      const row = await db
        .insertInto("lease")
        .values({ organisation, job, holder, fence: 1, expires_at: until })
        .onConflict((conflict) =>
          conflict
            .columns(["organisation", "job"])
            .doUpdateSet({
              fence: sql`case when lease.holder = excluded.holder then lease.fence else lease.fence + 1 end`,
              holder,
              expires_at: until,
            })
            .where((eb) =>
              eb.or([
                eb("lease.holder", "is", null),
                eb("lease.holder", "=", holder),
                eb("lease.expires_at", "<=", at),
              ]),
            ),
        )
        .returning("fence")
        .executeTakeFirst()
      return row?.fence
    },

    async holds(job, fence) {
      const row = await db
        .selectFrom("lease")
        .select("fence")
        .where("organisation", "=", organisation)
        .where("job", "=", job)
        .where("fence", "=", fence)
        .executeTakeFirst()
      return row !== undefined
    },

    async release(job, holder) {
      await db
        .updateTable("lease")
        .set({ holder: null })
        .where("organisation", "=", organisation)
        .where("job", "=", job)
        .where("holder", "=", holder)
        .execute()
    },
  }
}
