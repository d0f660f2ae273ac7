import type { TokenRecord, TokenStore } from "@tabard/control"
import { countOf, fromJson, fromTime, fromTimeOrNull, toJson, toTime, toTimeOrNull } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { TokenRow } from "../tables/authority.ts"

/** Keeps what was issued in the table `token`. */
export function tokenStore(scope: Scope): TokenStore {
  return { ...issued(scope), ...counts(scope), ...endings(scope) }
}

function issued({ db, organisation }: Scope): Pick<TokenStore, "insert" | "find" | "live"> {
  const tokens = () =>
    db
      .selectFrom("token")
      .selectAll()
      .select((token) =>
        token
          .selectFrom("instance")
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
  }
}

function counts({ db, organisation }: Scope): Pick<TokenStore, "countStanding" | "countLive"> {
  const unrevoked = () =>
    db
      .selectFrom("token")
      .select(({ fn }) => fn.countAll<number>().as("many"))
      .where("organisation", "=", organisation)
      .where("revoked_at", "is", null)
  return {
    countStanding: (jtis) => countOf(jtis, (portion) => unrevoked().where("jti", "in", portion).execute()),

    countLive: (agents, now) =>
      countOf(agents, (portion) =>
        unrevoked().where("agent", "in", portion).where("expires_at", ">", toTime(now)).execute(),
      ),
  }
}

function endings({ db, organisation }: Scope): Pick<TokenStore, "revokeOne" | "revoke" | "prune"> {
  const revoking = (at: Date) =>
    db
      .updateTable("token")
      .set({ revoked_at: toTime(at) })
      .where("organisation", "=", organisation)
      .where("revoked_at", "is", null)
  return {
    async revokeOne(jti, at) {
      const { numUpdatedRows } = await revoking(at).where("jti", "=", jti).executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async revoke({ agent, task }, at) {
      let live = revoking(at).where("agent", "=", agent).where("expires_at", ">", toTime(at))
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
