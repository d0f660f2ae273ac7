import type { Reach, ReachStore } from "@tabard/control"
import { boundedLimit, fromTime, inPortions, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { DeclaredReachRow } from "../tables/reaches.ts"

/** Keeps what is in whose hands in the table `declared_reach`. */
export function reachStore({ db, organisation }: Scope): ReachStore {
  const rows = () => db.selectFrom("declared_reach").selectAll().where("organisation", "=", organisation)
  return {
    async declare({ id, holder, to, declaredBy, declaredAt }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("declared_reach")
        .values({
          organisation,
          id,
          holder,
          reaches: to,
          declared_by: declaredBy,
          declared_at: toTime(declaredAt),
        })
        .onConflict((conflict) => conflict.columns(["organisation", "holder", "reaches"]).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async find(id) {
      const row = await rows().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },

    async of(holders) {
      const found = await inPortions(holders, (portion) => rows().where("holder", "in", portion).execute())
      return inOrder(found)
    },

    async into(ends) {
      const found = await inPortions(ends, (portion) => rows().where("reaches", "in", portion).execute())
      return inOrder(found)
    },

    async list({ after, limit }) {
      let query = rows().orderBy("id", "desc").limit(boundedLimit(limit))
      if (after !== undefined) query = query.where("id", "<", after)
      return (await query.execute()).map(fromRow)
    },

    async withdraw(id) {
      const { numDeletedRows } = await db
        .deleteFrom("declared_reach")
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}

function inOrder(found: readonly DeclaredReachRow[]): readonly Reach[] {
  return found.map(fromRow).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function fromRow({ id, holder, reaches, declared_by, declared_at }: DeclaredReachRow): Reach {
  return { id, holder, to: reaches, declaredBy: declared_by, declaredAt: fromTime(declared_at) }
}
