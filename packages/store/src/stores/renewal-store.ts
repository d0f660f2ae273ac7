import type { RenewalStore, WarningStore } from "@tabard/control"
import type { Renewal } from "@tabard/core"
import { fromTime, inPortions, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { RenewalRow } from "../tables/lifecycle.ts"

/** Keeps renewals that wait in the table `renewal`. */
export function renewalStore({ db, organisation }: Scope): RenewalStore {
  return {
    async ask({ agent, expiresAt, askedBy, askedAt }) {
      const row = { expires_at: toTime(expiresAt), asked_by: askedBy, asked_at: toTime(askedAt) }
      await db
        .insertInto("renewal")
        .values({ organisation, agent, ...row })
        .onConflict((conflict) => conflict.columns(["organisation", "agent"]).doUpdateSet(row))
        .execute()
    },

    async of(agents) {
      const rows = await inPortions(agents, (portion) =>
        db
          .selectFrom("renewal")
          .selectAll()
          .where("organisation", "=", organisation)
          .where("agent", "in", portion)
          .orderBy("agent")
          .execute(),
      )
      return rows.map(fromRow)
    },

    async take(agent) {
      const row = await db
        .deleteFrom("renewal")
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        .returningAll()
        .executeTakeFirst()
      return row && fromRow(row)
    },
  }
}

/** Keeps of what people were warned in the table `lifecycle_warning`. */
export function warningStore({ db, organisation }: Scope): WarningStore {
  return {
    async add({ agent, cause, due, days, at }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("lifecycle_warning")
        .values({ organisation, agent, cause, due_at: toTime(due), days, warned_at: toTime(at) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async first({ agent, cause, due }) {
      const row = await db
        .selectFrom("lifecycle_warning")
        .select("warned_at")
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        .where("cause", "=", cause)
        .where("due_at", "=", toTime(due))
        .orderBy("warned_at")
        .limit(1)
        .executeTakeFirst()
      return row && fromTime(row.warned_at)
    },

    async prune(before) {
      const { numDeletedRows } = await db
        .deleteFrom("lifecycle_warning")
        .where("organisation", "=", organisation)
        .where("due_at", "<", toTime(before))
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

function fromRow({ agent, expires_at, asked_by, asked_at }: RenewalRow): Renewal {
  return { agent, expiresAt: fromTime(expires_at), askedBy: asked_by, askedAt: fromTime(asked_at) }
}
