import type { Successor, SuccessorStore } from "@tabard/control"
import { fromTime, inPortions, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { SuccessorRow } from "../tables/lifecycle.ts"

/** Keeps named successors in the table `successor`. */
export function successorStore({ db, organisation }: Scope): SuccessorStore {
  return {
    async name({ of, user, namedBy, namedAt }) {
      const row = { user, named_by: namedBy, named_at: toTime(namedAt) }
      await db
        .insertInto("successor")
        .values({ organisation, subject: of, ...row })
        .onConflict((conflict) => conflict.columns(["organisation", "subject"]).doUpdateSet(row))
        .execute()
    },

    async forget(of) {
      const { numDeletedRows } = await db
        .deleteFrom("successor")
        .where("organisation", "=", organisation)
        .where("subject", "=", of)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },

    async of(all) {
      const rows = await inPortions(all, (portion) =>
        db
          .selectFrom("successor")
          .selectAll()
          .where("organisation", "=", organisation)
          .where("subject", "in", portion)
          .execute(),
      )
      return new Map(rows.map((row) => [row.subject, fromRow(row)]))
    },
  }
}

function fromRow({ subject, user, named_by, named_at }: SuccessorRow): Successor {
  return { of: subject, user, namedBy: named_by, namedAt: fromTime(named_at) }
}
