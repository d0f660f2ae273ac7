import type { UserStore } from "@tabard/control"
import { boundedLimit, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { caselessKey } from "./caseless-key.ts"
import { userFromRow } from "./user-rows.ts"

type Known = Pick<UserStore, "countKnown" | "inOrder" | "readdress" | "remove">

/** Answers the people whom a provider can know, and keeps whom it removed. */
export function knownPeople({ db, organisation }: Scope): Known {
  const known = () =>
    db
      .selectFrom("user")
      .where("organisation", "=", organisation)
      .where("erased_at", "is", null)
      .where("removed_at", "is", null)
  const update = () => db.updateTable("user").where("organisation", "=", organisation)
  return {
    async inOrder({ after, skip = 0, limit }) {
      let query = known().selectAll().orderBy("id").limit(boundedLimit(limit)).offset(skip)
      if (after) query = query.where("id", ">", after)
      return (await query.execute()).map(userFromRow)
    },

    async countKnown() {
      const { people } = await known()
        .select((eb) => eb.fn.countAll<number>().as("people"))
        .executeTakeFirstOrThrow()
      return people
    },

    async readdress(id, email) {
      const key = caselessKey(email)
      const others = db
        .selectFrom("user as other")
        .select("other.id")
        .where("other.organisation", "=", organisation)
        .where("other.email_key", "=", key)
        .where("other.id", "<>", id)
      const { numUpdatedRows } = await update()
        .set({ email, email_key: key })
        .where("id", "=", id)
        .where("email", "<>", email)
        .where("erased_at", "is", null)
        .where((eb) => eb.not(eb.exists(others)))
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async remove(id, at) {
      const { numUpdatedRows } = await update()
        .set({ removed_at: toTime(at) })
        .where("id", "=", id)
        .where("active", "=", 0)
        .where("erased_at", "is", null)
        .where("removed_at", "is", null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}
