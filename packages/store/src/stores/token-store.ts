import type { TokenRecord, TokenStore } from "@tabard/control"
import {
  countOf,
  fromJson,
  fromTime,
  fromTimeOrNull,
  inPortions,
  toJson,
  toTime,
  toTimeOrNull,
} from "../columns.ts"
import { compiledOnce } from "../compiled-once.ts"
import type { Scope } from "../scope.ts"
import type { TokenRow } from "../tables/authority.ts"

/** Keeps what was issued in the table `token`. */
export function tokenStore(scope: Scope): TokenStore {
  return { ...issued(scope), ...counts(scope), ...descents(scope), ...endings(scope) }
}

const insertToken = compiledOnce((db, row: TokenRow) => db.insertInto("token").values(row))

function issued({ db, organisation }: Scope): Pick<TokenStore, "insert" | "find" | "live" | "standing"> {
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
      await insertToken(db, { organisation, ...toRow(token) })
      const came = [...new Set([...token.lineage, ...token.delegations])]
      if (came.length === 0) return
      const found = { organisation, jti: token.jti, expires_at: toTime(token.expiresAt) }
      await db
        .insertInto("token_ancestor")
        .values(came.map((ancestor) => ({ ...found, ancestor })))
        .execute()
    },

    async find(jti) {
      const row = await tokens().where("jti", "=", jti).executeTakeFirst()
      return row && fromRow(row)
    },

    async standing(jtis) {
      const rows = await inPortions(jtis, (portion) =>
        tokens().where("jti", "in", portion).where("revoked_at", "is", null).execute(),
      )
      return rows.map(fromRow).map(({ instance, jkt }) => ({ instance, jkt }))
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

function descents({ db, organisation }: Scope): Pick<TokenStore, "liveBelow"> {
  return {
    async liveBelow(jtis, now) {
      const rows = await inPortions(jtis, (portion) =>
        db
          .selectFrom("token_ancestor as came")
          .innerJoin("token", (join) =>
            join.onRef("token.organisation", "=", "came.organisation").onRef("token.jti", "=", "came.jti"),
          )
          .select(({ fn }) => ["came.ancestor as ancestor", fn.countAll<number>().as("many")])
          .where("came.organisation", "=", organisation)
          .where("came.ancestor", "in", portion)
          .where("token.revoked_at", "is", null)
          .where("token.expires_at", ">", toTime(now))
          .groupBy("came.ancestor")
          .execute(),
      )
      return new Map(rows.map(({ ancestor, many }) => [ancestor, many]))
    },
  }
}

function counts(scope: Scope): Pick<TokenStore, "countLive" | "countServing" | "takeCall"> {
  const { db, organisation } = scope
  const unrevoked = () =>
    db
      .selectFrom("token")
      .select(({ fn }) => fn.countAll<number>().as("many"))
      .where("organisation", "=", organisation)
      .where("revoked_at", "is", null)
  return {
    countLive: (agents, now) =>
      countOf(agents, (portion) => {
        const own = ownTokens(scope)
          .where("own.agent", "in", portion)
          .where("own.expires_at", ">", toTime(now))
        return unrevoked()
          .where("expires_at", ">", toTime(now))
          .where("jti", "in", withDescent(scope, own))
          .execute()
      }),

    async countServing(user, now) {
      const serving = ownTokens(scope)
        .where("own.served", "=", user)
        .where("own.expires_at", ">", toTime(now))
      const { many } = await unrevoked()
        .where("jti", "in", withDescent(scope, serving))
        .executeTakeFirstOrThrow()
      return many
    },

    async takeCall(jtis) {
      const counted = () =>
        db.selectFrom("token").select("jti").where("organisation", "=", organisation).where("jti", "in", jtis)
      const { numUpdatedRows } = await db
        .updateTable("token")
        .set((eb) => ({ calls_left: eb("calls_left", "-", 1) }))
        .where("organisation", "=", organisation)
        .where("jti", "in", jtis)
        .where("calls_left", "is not", null)
        // One that has none left keeps all the others from losing one.
        .where((eb) => eb.not(eb.exists(counted().where("calls_left", "<=", 0))))
        .executeTakeFirstOrThrow()
      if (numUpdatedRows > 0n) return true
      return (await counted().where("calls_left", "is not", null).executeTakeFirst()) === undefined
    },
  }
}

/** The tokens that somebody was issued, to be told apart from those that came from them. */
const ownTokens = ({ db, organisation }: Scope) =>
  db.selectFrom("token as own").select("own.jti").where("own.organisation", "=", organisation)

/** These tokens, and those that came from them, however far; each is looked up by its key. */
const withDescent = ({ db, organisation }: Scope, own: ReturnType<typeof ownTokens>) =>
  own.union(
    db
      .selectFrom("token_ancestor as came")
      .select("came.jti")
      .where("came.organisation", "=", organisation)
      .where("came.ancestor", "in", own),
  )

function endings(
  scope: Scope,
): Pick<TokenStore, "revokeOne" | "revoke" | "revokeServing" | "revokeUnder" | "prune"> {
  const { db, organisation } = scope
  const revoking = (at: Date) =>
    db
      .updateTable("token")
      .set({ revoked_at: toTime(at) })
      .where("organisation", "=", organisation)
      .where("revoked_at", "is", null)
  const below = async (ancestor: string, at: Date): Promise<number> => {
    const found = db
      .selectFrom("token_ancestor")
      .select("jti")
      .where("organisation", "=", organisation)
      .where("ancestor", "=", ancestor)
    const { numUpdatedRows } = await revoking(at).where("jti", "in", found).executeTakeFirstOrThrow()
    return Number(numUpdatedRows)
  }
  return {
    async revokeOne(jti, at) {
      const { numUpdatedRows } = await revoking(at).where("jti", "=", jti).executeTakeFirstOrThrow()
      await below(jti, at)
      return numUpdatedRows === 1n
    },

    async revoke({ agent, task, instance }, at) {
      let own = ownTokens(scope).where("own.agent", "=", agent).where("own.expires_at", ">", toTime(at))
      if (task !== undefined) own = own.where("own.task", "=", task)
      if (instance !== undefined) own = own.where("own.instance", "=", instance)
      const { numUpdatedRows } = await revoking(at)
        .where("jti", "in", withDescent(scope, own))
        .executeTakeFirstOrThrow()
      return Number(numUpdatedRows)
    },

    async revokeServing(user, at) {
      const serving = ownTokens(scope).where("own.served", "=", user).where("own.expires_at", ">", toTime(at))
      const { numUpdatedRows } = await revoking(at)
        .where("jti", "in", withDescent(scope, serving))
        .executeTakeFirstOrThrow()
      return Number(numUpdatedRows)
    },

    revokeUnder: below,

    async prune(before) {
      const over = toTime(before)
      await db
        .deleteFrom("token_ancestor")
        .where("organisation", "=", organisation)
        .where("expires_at", "<", over)
        .execute()
      const { numDeletedRows } = await db
        .deleteFrom("token")
        .where("organisation", "=", organisation)
        .where("expires_at", "<", over)
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
    delegations: toJson(token.delegations),
    may_act: token.mayAct,
    scope: token.scope && toJson(token.scope),
    calls_left: token.callsLeft,
    conditions: toJson(token.conditions),
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
    delegations: fromJson(row.delegations),
    mayAct: row.may_act,
    scope: row.scope && fromJson(row.scope),
    callsLeft: row.calls_left,
    conditions: fromJson(row.conditions),
    issuedAt: fromTime(row.issued_at),
    expiresAt: fromTime(row.expires_at),
    revokedAt: fromTimeOrNull(row.revoked_at),
  }
}
