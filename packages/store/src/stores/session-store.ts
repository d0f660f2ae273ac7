import type { Session, SessionStore } from "@tabard/control"
import { fromTime, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { SessionRow } from "../tables/authority.ts"

/** Keeps sessions in the table of that name; whether one lives depends on its person too. */
export function sessionStore({ db, organisation }: Scope): SessionStore {
  const drop = () => db.deleteFrom("session").where("organisation", "=", organisation)

  return {
    async insert(session) {
      await db
        .insertInto("session")
        .values({ organisation, ...toRow(session) })
        .execute()
    },

    async findLive(tokenHash, now) {
      const row = await db
        .selectFrom("session")
        .innerJoin("user", (join) =>
          join
            .onRef("user.organisation", "=", "session.organisation")
            .onRef("user.id", "=", "session.user")
            .on("user.active", "=", 1),
        )
        .selectAll("session")
        .where("session.organisation", "=", organisation)
        .where("session.token_hash", "=", tokenHash)
        .where("session.expires_at", ">", toTime(now))
        .executeTakeFirst()
      return row && fromRow(row)
    },

    async end(id) {
      const { numDeletedRows } = await drop().where("id", "=", id).executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },

    async prune(before) {
      const { numDeletedRows } = await drop()
        .where("expires_at", "<", toTime(before))
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

function toRow(session: Session): Omit<SessionRow, "organisation"> {
  return {
    id: session.id,
    token_hash: session.tokenHash,
    user: session.user,
    created_at: toTime(session.createdAt),
    expires_at: toTime(session.expiresAt),
  }
}

function fromRow(row: SessionRow): Session {
  return {
    id: row.id,
    tokenHash: row.token_hash,
    user: row.user,
    createdAt: fromTime(row.created_at),
    expiresAt: fromTime(row.expires_at),
  }
}
