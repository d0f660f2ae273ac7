import type { BindingStore } from "@tabard/control"
import type { Scope } from "../scope.ts"

/** Keeps who is who at OpenID providers in the table `provider_binding`. */
export function bindingStore({ db, organisation }: Scope): BindingStore {
  return {
    async bind({ issuer, subject }, user) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("provider_binding")
        .values({ organisation, issuer, subject, user })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async find({ issuer, subject }) {
      const row = await db
        .selectFrom("provider_binding")
        .select("user")
        .where("organisation", "=", organisation)
        .where("issuer", "=", issuer)
        .where("subject", "=", subject)
        .executeTakeFirst()
      return row?.user
    },

    async issuers() {
      const rows = await db
        .selectFrom("provider_binding")
        .select("issuer")
        .distinct()
        .where("organisation", "=", organisation)
        .orderBy("issuer")
        .execute()
      return rows.map(({ issuer }) => issuer)
    },

    async issuersOf(user) {
      const rows = await db
        .selectFrom("provider_binding")
        .select("issuer")
        .where("organisation", "=", organisation)
        .where("user", "=", user)
        .orderBy("issuer")
        .execute()
      return rows.map(({ issuer }) => issuer)
    },

    async unbind(user, issuer) {
      const { numDeletedRows } = await db
        .deleteFrom("provider_binding")
        .where("organisation", "=", organisation)
        .where("user", "=", user)
        .where("issuer", "=", issuer)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}
