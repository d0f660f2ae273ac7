import type { SignInLinkStore } from "@tabard/control"
import { toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"

/** Keeps the one sign-in link that works in the table `sign_in_link`, which has one row for each organisation. */
export function signInLinkStore({ db, organisation }: Scope): SignInLinkStore {
  return {
    async offer(link) {
      const row = { code_hash: link.codeHash, expires_at: toTime(link.expiresAt) }
      await db
        .insertInto("sign_in_link")
        .values({ organisation, ...row })
        .onConflict((conflict) => conflict.column("organisation").doUpdateSet(row))
        .execute()
    },

    async valid(codeHash, now) {
      const row = await db
        .selectFrom("sign_in_link")
        .select("code_hash")
        .where("organisation", "=", organisation)
        .where("code_hash", "=", codeHash)
        .where("expires_at", ">", toTime(now))
        .executeTakeFirst()
      return row !== undefined
    },

    async take(codeHash, now) {
      const { numDeletedRows } = await db
        .deleteFrom("sign_in_link")
        .where("organisation", "=", organisation)
        .where("code_hash", "=", codeHash)
        .where("expires_at", ">", toTime(now))
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}
