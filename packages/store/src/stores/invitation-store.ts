import type { InvitationStore } from "@tabard/control"
import { fromTime, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"

/** Keeps the one invitation of each person that works in the table `invitation`. */
export function invitationStore({ db, organisation }: Scope): InvitationStore {
  return {
    async offer({ codeHash, user, expiresAt }) {
      const row = { code_hash: codeHash, expires_at: toTime(expiresAt) }
      await db
        .insertInto("invitation")
        .values({ organisation, user, ...row })
        .onConflict((conflict) => conflict.columns(["organisation", "user"]).doUpdateSet(row))
        .execute()
    },

    async valid(codeHash, now) {
      const row = await db
        .selectFrom("invitation")
        .select("user")
        .where("organisation", "=", organisation)
        .where("code_hash", "=", codeHash)
        .where("expires_at", ">", toTime(now))
        .executeTakeFirst()
      return row !== undefined
    },

    async take(codeHash, now) {
      const row = await db
        .deleteFrom("invitation")
        .where("organisation", "=", organisation)
        .where("code_hash", "=", codeHash)
        .where("expires_at", ">", toTime(now))
        .returning("user")
        .executeTakeFirst()
      return row?.user
    },

    async pendingUntil(user, now) {
      const row = await db
        .selectFrom("invitation")
        .select("expires_at")
        .where("organisation", "=", organisation)
        .where("user", "=", user)
        .where("expires_at", ">", toTime(now))
        .executeTakeFirst()
      return row && fromTime(row.expires_at)
    },

    async withdraw(user) {
      await db
        .deleteFrom("invitation")
        .where("organisation", "=", organisation)
        .where("user", "=", user)
        .execute()
    },
  }
}
