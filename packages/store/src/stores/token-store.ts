import type { TokenRecord, TokenStore } from "@tabard/control"
import { countOf, fromJson, fromTime, fromTimeOrNull, toJson, toTime, toTimeOrNull } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { TokenRow } from "../tables/authority.ts"

/** Keeps what was issued in the table `token`. */
export function tokenStore({ db, organisation }: Scope): TokenStore {
  const tokens = () =>
    db
      .selectFrom("token")
      .selectAll()
      .select(({ selectFrom }) =>
        selectFrom("instance")
          .select("thumbprint")
          .whereRef("instance.organisation", "=", "token.organisation")
          .whereRef("instance.id", "=", "token.instance")
          .as("thumbprint"),
      )
      .where("organisation", "=", organisation)

  return {
    async insert(token) {
      await db
        .insertInto("token")
        .values({ organisation, ...toRow(token) })
        .execute()
    },

    async find(jti) {
      const row = await tokens().where("jti", "=", jti).executeTakeFirst()
      return row && fromRow(row)
    },

    countStanding: (jtis) =>
      countOf(jtis, (portion) =>
        db
          .selectFrom("token")
          .select(({ fn }) => fn.countAll<number>().as("many"))
          .where("organisation", "=", organisation)
          .where("jti", "in", portion)
          .where("revoked_at", "is", null)
          .execute(),
      ),

    async live(agent, now) {
      const rows = await tokens()
        .where("agent", "=", agent)
        .where("revoked_at", "is", null)
        .where("expires_at", ">", toTime(now))
        .orderBy("issued_at", "desc")
        .orderBy("jti")
        .execute()
      return rows.map(fromRow)
    },

    countLive: (agents, now) =>
      countOf(agents, (portion) =>
        db
          .selectFrom("token")
          .select(({ fn }) => fn.countAll<number>().as("many"))
          .where("organisation", "=", organisation)
          .where("agent", "in", portion)
          .where("revoked_at", "is", null)
          .where("expires_at", ">", toTime(now))
          .execute(),
      ),

    async revokeOne(jti, at) {
      const { numUpdatedRows } = await db
        .updateTable("token")
        .set({ revoked_at: toTime(at) })
        .where("organisation", "=", organisation)
        .where("jti", "=", jti)
        .where("revoked_at", "is", null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async revoke({ agent, task }, at) {
      let live = db
        .updateTable("token")
        .set({ revoked_at: toTime(at) })
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        .where("revoked_at", "is", null)
        .where("expires_at", ">", toTime(at))
      if (task !== undefined) live = live.where("task", "=", task)
      const { numUpdatedRows } = await live.executeTakeFirstOrThrow()
      return Number(numUpdatedRows)
    },

    async prune(before) {
      const { numDeletedRows } = await db
        .deleteFrom("token")
        .where("organisation", "=", organisation)
        .where("expires_at", "<", toTime(before))
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

function toRow(token: TokenRecord): Omit<TokenRow, "organisation"> {
  return {
    jti: token.jti,
    agent: token.agent,
    instance: token.instance,
    task: token.task,
    audience: token.audience,
    jkt: token.jkt,
    bearer: token.jkt === null ? 1 : 0,
    grant_kind: token.grant,
    lineage: toJson(token.lineage),
    actors: toJson(token.actors),
    served: token.served,
    scope: token.scope && toJson(token.scope),
    issued_at: toTime(token.issuedAt),
    expires_at: toTime(token.expiresAt),
    revoked_at: toTimeOrNull(token.revokedAt),
  }
}

/** Programs of before named no key: theirs were all bound to the instance's. */
function fromRow(row: TokenRow & { thumbprint: string | null }): TokenRecord {
  return {
    jti: row.jti,
    agent: row.agent,
    instance: row.instance,
    task: row.task,
    audience: row.audience,
    jkt: row.bearer ? null : (row.jkt ?? row.thumbprint),
    grant: row.grant_kind,
    lineage: fromJson(row.lineage),
    actors: fromJson(row.actors),
    served: row.served,
    scope: row.scope && fromJson(row.scope),
    issuedAt: fromTime(row.issued_at),
    expiresAt: fromTime(row.expires_at),
    revokedAt: fromTimeOrNull(row.revoked_at),
  }
}
