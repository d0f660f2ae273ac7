import type { ApiToken, ApiTokenStore } from "@tabard/control"
import { boundedLimit, fromJson, fromTime, fromTimeOrNull, toJson, toTime, toTimeOrNull } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { ApiTokenRow } from "../tables/api-tokens.ts"
import { behind } from "./behind.ts"

/** Keeps API tokens in the table of that name. */
export function apiTokenStore(scope: Scope): ApiTokenStore {
  return { ...keeping(scope), ...naming(scope) }
}

function naming({ db, organisation }: Scope): Pick<ApiTokenStore, "find" | "live" | "liveOf"> {
  const liveRows = (now: Date) =>
    db
      .selectFrom("api_token")
      .selectAll()
      .where("organisation", "=", organisation)
      .where("expires_at", ">", toTime(now))
      .where("revoked_at", "is", null)
      .orderBy("id")
  return {
    async find(id) {
      const row = await db
        .selectFrom("api_token")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .executeTakeFirst()
      return row && fromRow(row)
    },

    live: async (now) => (await liveRows(now).execute()).map(fromRow),

    async liveOf(madeBy, now) {
      const rows = await liveRows(now).where("made_by", "=", madeBy).execute()
      return rows.map(fromRow)
    },
  }
}

function keeping({ db, organisation }: Scope): Omit<ApiTokenStore, "find" | "live" | "liveOf"> {
  const rows = () => db.selectFrom("api_token").selectAll().where("organisation", "=", organisation)
  const change = (id: ApiToken["id"]) =>
    db.updateTable("api_token").where("organisation", "=", organisation).where("id", "=", id)

  return {
    async insert(token) {
      await db
        .insertInto("api_token")
        .values({ organisation, ...toRow(token) })
        .execute()
    },

    async findLive(tokenHash, now) {
      const row = await rows()
        .where("token_hash", "=", tokenHash)
        .where("expires_at", ">", toTime(now))
        .where("revoked_at", "is", null)
        .executeTakeFirst()
      return row && fromRow(row)
    },

    async list({ after, limit }) {
      let query = rows().orderBy("made_at", "desc").orderBy("id", "desc").limit(boundedLimit(limit))
      if (after) query = query.where(behind("falling", { made_at: toTime(after.madeAt), id: after.id }))
      return (await query.execute()).map(fromRow)
    },

    async of(ids) {
      const found = ids.length === 0 ? [] : await rows().where("id", "in", ids).execute()
      return found.map(fromRow)
    },

    async countLive(madeBy, now) {
      const { count } = await db
        .selectFrom("api_token")
        .select(({ fn }) => fn.countAll<number | string>().as("count"))
        .where("organisation", "=", organisation)
        .where("made_by", "=", madeBy)
        .where("expires_at", ">", toTime(now))
        .where("revoked_at", "is", null)
        .executeTakeFirstOrThrow()
      return Number(count)
    },

    async revoke(id, { by, at }) {
      const row = await change(id)
        .set({ revoked_by: by, revoked_at: toTime(at) })
        .where("revoked_at", "is", null)
        .returningAll()
        .executeTakeFirst()
      return row && fromRow(row)
    },

    async know(id, fingerprint) {
      await change(id).set({ fingerprint }).where("fingerprint", "is", null).execute()
    },

    async touch(id, used) {
      const at = toTime(used)
      await change(id)
        .set({ last_used_at: at })
        .where((or) => or.or([or("last_used_at", "is", null), or("last_used_at", "<", at)]))
        .execute()
    },
  }
}

function toRow(token: ApiToken): Omit<ApiTokenRow, "organisation"> {
  return {
    id: token.id,
    token_hash: token.tokenHash,
    fingerprint: token.fingerprint,
    purpose: token.purpose,
    role: token.role,
    scopes: toJson(token.scopes),
    made_by: token.madeBy,
    made_at: toTime(token.madeAt),
    expires_at: toTime(token.expiresAt),
    last_used_at: toTimeOrNull(token.lastUsedAt),
    revoked_by: token.revoked?.by ?? null,
    revoked_at: toTimeOrNull(token.revoked?.at ?? null),
  }
}

function fromRow(row: ApiTokenRow): ApiToken {
  const { revoked_by: by, revoked_at: at } = row
  return {
    id: row.id,
    tokenHash: row.token_hash,
    fingerprint: row.fingerprint,
    purpose: row.purpose,
    role: row.role,
    scopes: fromJson(row.scopes),
    madeBy: row.made_by,
    madeAt: fromTime(row.made_at),
    expiresAt: fromTime(row.expires_at),
    lastUsedAt: fromTimeOrNull(row.last_used_at),
    revoked: by !== null && at !== null ? { by, at: fromTime(at) } : null,
  }
}
