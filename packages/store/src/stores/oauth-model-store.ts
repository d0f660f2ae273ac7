import type { OAuthModel, OAuthModelStore } from "@tabard/control"
import { fromJson, fromTimeOrNull, toJson, toTime, toTimeOrNull } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { OAuthModelRow } from "../tables/authority.ts"

/** Keeps the authorization server's records in the table `oauth_model`. */
export function oauthModelStore({ db, organisation }: Scope): OAuthModelStore {
  const forget = () => db.deleteFrom("oauth_model").where("organisation", "=", organisation)

  return {
    async put(record) {
      const row = toRow(record)
      await db
        .insertInto("oauth_model")
        .values({ organisation, ...row })
        .onConflict((conflict) => conflict.columns(["organisation", "model", "id"]).doUpdateSet(row))
        .execute()
    },

    async find(model, id, now) {
      const row = await db
        .selectFrom("oauth_model")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("model", "=", model)
        .where("id", "=", id)
        .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", toTime(now))]))
        .executeTakeFirst()
      return row && fromRow(row)
    },

    async consume(model, id, at) {
      const { numUpdatedRows } = await db
        .updateTable("oauth_model")
        .set({ consumed_at: toTime(at) })
        .where("organisation", "=", organisation)
        .where("model", "=", model)
        .where("id", "=", id)
        .where("consumed_at", "is", null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async remove(model, id) {
      await forget().where("model", "=", model).where("id", "=", id).execute()
    },

    async countGrant(grant) {
      const { count } = await db
        .selectFrom("oauth_model")
        .select((eb) => eb.fn.countAll().as("count"))
        .where("organisation", "=", organisation)
        .where("grant_id", "=", grant)
        .executeTakeFirstOrThrow()
      return Number(count)
    },

    async removeGrant(grant) {
      await forget().where("grant_id", "=", grant).execute()
    },

    async prune(before) {
      const { numDeletedRows } = await forget()
        .where("expires_at", "<", toTime(before))
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

function toRow(record: OAuthModel): Omit<OAuthModelRow, "organisation"> {
  return {
    model: record.model,
    id: record.id,
    payload: toJson(record.payload),
    grant_id: record.grant,
    consumed_at: toTimeOrNull(record.consumedAt),
    expires_at: toTimeOrNull(record.expiresAt),
  }
}

function fromRow(row: OAuthModelRow): OAuthModel {
  return {
    model: row.model,
    id: row.id,
    payload: fromJson(row.payload),
    grant: row.grant_id,
    consumedAt: fromTimeOrNull(row.consumed_at),
    expiresAt: fromTimeOrNull(row.expires_at),
  }
}
