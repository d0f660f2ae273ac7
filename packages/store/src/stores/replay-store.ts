import type { ReplayStore } from "@tabard/control"
import { toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"

/** Keeps what was used once in the table `replay`: its key decides who was first. */
export function replayStore({ db, organisation }: Scope): ReplayStore {
  return {
    async take(namespace, key, expiresAt) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("replay")
        .values({ organisation, namespace, key, expires_at: toTime(expiresAt) })
        .onConflict((conflict) => conflict.columns(["organisation", "namespace", "key"]).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async takeAll(uses) {
      if (uses.length === 0) return undefined
      const rows = uses.map(({ namespace, key, expiresAt }) => {
        return { organisation, namespace, key, expires_at: toTime(expiresAt) }
      })
      const taken = await db
        .insertInto("replay")
        .values(rows)
        .onConflict((conflict) => conflict.columns(["organisation", "namespace", "key"]).doNothing())
        .returning(["namespace", "key"])
        .execute()
      const first = new Set(taken.map(nameOf))
      // One that is named twice was taken by its first naming.
      return uses.find((use) => !first.delete(nameOf(use)))
    },

    async prune(before) {
      const { numDeletedRows } = await db
        .deleteFrom("replay")
        .where("organisation", "=", organisation)
        .where("expires_at", "<", toTime(before))
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

function nameOf({ namespace, key }: { readonly namespace: string; readonly key: string }): string {
  return JSON.stringify([namespace, key])
}
