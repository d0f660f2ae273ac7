import type { SavedView, SavedViewStore } from "@tabard/control"
import { boundedLimit, fromTime, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { SavedViewRow } from "../tables/saved-views.ts"

/** Keeps the views of people in the table `saved_view`. */
export function savedViewStore({ db, organisation }: Scope): SavedViewStore {
  const views = () => db.selectFrom("saved_view").selectAll().where("organisation", "=", organisation)
  return {
    async add({ savedAt, ...view }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("saved_view")
        .values({ organisation, ...view, saved_at: toTime(savedAt) })
        .onConflict((conflict) => conflict.columns(["organisation", "user", "name"]).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async of(user, { after, limit }) {
      let query = views().where("user", "=", user).orderBy("id").limit(boundedLimit(limit))
      if (after !== undefined) query = query.where("id", ">", after)
      return (await query.execute()).map(fromRow)
    },

    async find(id, user) {
      const row = await views().where("id", "=", id).where("user", "=", user).executeTakeFirst()
      return row && fromRow(row)
    },

    async change({ id, user, name, search, savedAt }) {
      const others = views().where("user", "=", user).where("name", "=", name).where("id", "<>", id)
      const { numUpdatedRows } = await db
        .updateTable("saved_view")
        .set({ name, search, saved_at: toTime(savedAt) })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("user", "=", user)
        .where((eb) => eb.not(eb.exists(others)))
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async remove(id, user) {
      const { numDeletedRows } = await db
        .deleteFrom("saved_view")
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("user", "=", user)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}

function fromRow({ id, user, name, search, saved_at }: SavedViewRow): SavedView {
  return { id, user, name, search, savedAt: fromTime(saved_at) }
}
