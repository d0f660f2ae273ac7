import type { Session, SessionMoment, SessionStore } from "@tabard/control"
import type { Id } from "@tabard/core"
import { boundedLimit, fromTime, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { SessionRow } from "../tables/authority.ts"
import { behind } from "./behind.ts"

/** Keeps sessions in the table of that name; whether one lives depends on its person too. */
export function sessionStore(scope: Scope): SessionStore {
  return { ...keeping(scope), ...meeting(scope) }
}

function keeping(scope: Scope): Omit<SessionStore, "meetBrowser"> {
  const { db, organisation } = scope
  const drop = () => db.deleteFrom("session").where("organisation", "=", organisation)
  return {
    async insert(session) {
      await db
        .insertInto("session")
        .values({ organisation, ...toRow(session) })
        .execute()
    },

    async findLive(tokenHash, at) {
      const row = await liveSessions(scope, at).where("session.token_hash", "=", tokenHash).executeTakeFirst()
      return row && fromRow(row)
    },

    async listLive(user, at, { after, limit }) {
      let query = liveSessions(scope, at)
        .where("session.user", "=", user)
        .orderBy("session.created_at", "desc")
        .orderBy("session.id", "desc")
        .limit(boundedLimit(limit))
      if (after) {
        const place = { "session.created_at": toTime(after.createdAt), "session.id": after.id }
        query = query.where(behind("falling", place))
      }
      return (await query.execute()).map(fromRow)
    },

    async touch(id, seen) {
      await db
        .updateTable("session")
        .set({ last_seen: toTime(seen) })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where((eb) => eb(eb.fn.coalesce("last_seen", "created_at"), "<", toTime(seen)))
        .execute()
    },

    async end(id) {
      const { numDeletedRows } = await drop().where("id", "=", id).executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },

    async endAllOf(user, keep) {
      const ended = await drop()
        .where("user", "=", user)
        .where("id", "not in", newestOf(scope, user, keep))
        .returning("id")
        .execute()
      return ended.map(({ id }) => id)
    },

    async prune(before) {
      const { numDeletedRows } = await drop()
        .where("expires_at", "<", toTime(before))
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

function meeting({ db, organisation }: Scope): Pick<SessionStore, "meetBrowser"> {
  return {
    async meetBrowser(user, browser, at) {
      const others = await db
        .selectFrom("known_browser")
        .select("browser")
        .where("organisation", "=", organisation)
        .where("user", "=", user)
        .limit(1)
        .execute()
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("known_browser")
        .values({ organisation, user, browser, first_seen: toTime(at) })
        .onConflict((conflict) => conflict.columns(["organisation", "user", "browser"]).doNothing())
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows !== 1n) return "known"
      return others.length > 0 ? "new" : "first"
    },
  }
}

function liveSessions({ db, organisation }: Scope, { now, usedAfter }: SessionMoment) {
  return db
    .selectFrom("session")
    .innerJoin("user", (join) =>
      join
        .onRef("user.organisation", "=", "session.organisation")
        .onRef("user.id", "=", "session.user")
        .on("user.active", "=", 1),
    )
    .selectAll("session")
    .where("session.organisation", "=", organisation)
    .where("session.expires_at", ">", toTime(now))
    .where((eb) => eb(eb.fn.coalesce("session.last_seen", "session.created_at"), ">", toTime(usedAfter)))
}

function newestOf({ db, organisation }: Scope, user: Id<"user">, keep: number) {
  return db
    .selectFrom("session")
    .select("id")
    .where("organisation", "=", organisation)
    .where("user", "=", user)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(keep)
}

function toRow(session: Session): Omit<SessionRow, "organisation"> {
  return {
    id: session.id,
    token_hash: session.tokenHash,
    user: session.user,
    created_at: toTime(session.createdAt),
    expires_at: toTime(session.expiresAt),
    last_seen: toTime(session.lastSeen),
    agent: session.agent,
  }
}

function fromRow(row: SessionRow): Session {
  return {
    id: row.id,
    tokenHash: row.token_hash,
    user: row.user,
    createdAt: fromTime(row.created_at),
    expiresAt: fromTime(row.expires_at),
    lastSeen: fromTime(row.last_seen ?? row.created_at),
    agent: row.agent,
  }
}
