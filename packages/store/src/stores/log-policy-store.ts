import type { LogPolicyStore } from "@tabard/control"
import { fromTime, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"

/** Keeps the trust policy of an organisation's logs in the table `log_policy`. */
export function logPolicyStore({ db, organisation }: Scope): LogPolicyStore {
  return {
    async find() {
      const row = await db
        .selectFrom("log_policy")
        .selectAll()
        .where("organisation", "=", organisation)
        .executeTakeFirst()
      return row && { text: row.text, putBy: row.put_by, putAt: fromTime(row.put_at) }
    },

    async put({ text, putBy, putAt }) {
      const row = { text, put_by: putBy, put_at: toTime(putAt) }
      await db
        .insertInto("log_policy")
        .values({ organisation, ...row })
        .onConflict((conflict) => conflict.column("organisation").doUpdateSet(row))
        .execute()
    },
  }
}
