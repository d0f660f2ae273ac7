import {
  NOTIFICATION_LEASE,
  type Notification,
  type NotificationQuery,
  type NotificationStore,
} from "@tabard/control"
import { type SqlBool, sql } from "kysely"
import {
  boundedLimit,
  fromJson,
  fromTime,
  fromTimeOrNull,
  inPortions,
  inWrites,
  toJson,
  toTime,
  toTimeOrNull,
} from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { NotificationRow } from "../tables/notifications.ts"
import { answeredAgents } from "./answered-agents.ts"

/** Written into the statement: a database matches it to the condition of the index only as a literal. */
const TOLD = sql<SqlBool>`state = 'told'`
const LATER = sql<SqlBool>`state = 'later'`

/** Keeps what people are told of in the table `notification`, and how far the record was looked at. */
export function notificationStore(scope: Scope): NotificationStore {
  return { ...telling(scope), ...reading(scope), ...following(scope) }
}

function telling({ db, organisation }: Scope): Pick<NotificationStore, "add" | "ripen" | "withdraw"> {
  const change = () => db.updateTable("notification").where("organisation", "=", organisation)
  return {
    async add(all) {
      const kept = new Set<string>()
      await inWrites(all, async (portion) => {
        const rows = await db
          .insertInto("notification")
          .values(portion.map((one) => ({ organisation, ...toRow(one) })))
          .onConflict((conflict) =>
            conflict.columns(["organisation", "event", "kind", "recipient"]).doNothing(),
          )
          .returning("id")
          .execute()
        for (const { id } of rows) kept.add(id)
      })
      return all.filter(({ id }) => kept.has(id))
    },

    async ripen(now, limit) {
      const due = db
        .selectFrom("notification")
        .select("id")
        .where("organisation", "=", organisation)
        .where(LATER)
        .where("due", "<=", toTime(now))
        .orderBy("due")
        .orderBy("id")
        .limit(boundedLimit(limit))
      const rows = await change()
        .set({ state: "told" })
        .where("id", "in", due)
        .where(LATER)
        .returningAll()
        .execute()
      return rows.map(fromRow).toSorted(byDue)
    },

    async withdraw(ids) {
      await inWrites(ids, (portion) =>
        change().set({ state: "withdrawn" }).where("id", "in", portion).execute(),
      )
    },
  }
}

function byDue(a: Notification, b: Notification): number {
  return a.due.getTime() - b.due.getTime() || (a.id < b.id ? -1 : 1)
}

function reading(scope: Scope): Pick<NotificationStore, "findAll" | "list" | "countUnread" | "markRead"> {
  const { db, organisation } = scope
  const told = () => db.selectFrom("notification").where("organisation", "=", organisation).where(TOLD)
  return {
    async findAll(ids) {
      const rows = await inPortions(ids, (portion) => told().selectAll().where("id", "in", portion).execute())
      return rows.map(fromRow)
    },

    async list({ to, unread, narrowed, after, limit }) {
      let query = told()
        .selectAll()
        .where("recipient", "=", to)
        .orderBy("due", "desc")
        .orderBy("id", "desc")
        .limit(boundedLimit(limit))
      if (unread) query = query.where("read_at", "is", null)
      if (narrowed) query = query.where(isOwn(scope, to))
      if (after !== undefined) query = query.where(isBehind(scope, after))
      return (await query.execute()).map(fromRow)
    },

    async countUnread({ to, narrowed }) {
      let query = told()
        .select(({ fn }) => fn.countAll<number | string>().as("unread"))
        .where("recipient", "=", to)
        .where("read_at", "is", null)
      if (narrowed) query = query.where(isOwn(scope, to))
      return Number((await query.executeTakeFirstOrThrow()).unread)
    },

    async markRead(to, ids, at) {
      let query = db
        .updateTable("notification")
        .set({ read_at: toTime(at) })
        .where("organisation", "=", organisation)
        .where(TOLD)
        .where("recipient", "=", to)
        .where("read_at", "is", null)
      if (ids !== "all") {
        if (ids.length === 0) return 0
        query = query.where("id", "in", ids)
      }
      return Number((await query.executeTakeFirstOrThrow()).numUpdatedRows)
    },
  }
}

/** What is about no agent, about a question to the person, or about an agent that they answer for. */
function isOwn(scope: Scope, user: NotificationQuery["to"]) {
  return sql<SqlBool>`(agent is null or kind in ('approval-waiting', 'approval-expiring')
    or agent in ${answeredAgents(scope, user)})`
}

function isBehind({ organisation }: Scope, after: string) {
  const due = sql`(select due from notification where organisation = ${organisation} and id = ${after})`
  return sql<SqlBool>`(due < ${due} or (due = ${due} and id < ${after}))`
}

function following({
  db,
  organisation,
}: Scope): Pick<NotificationStore, "isDue" | "place" | "movePlace" | "prune"> {
  return {
    async isDue(now) {
      const row = await db
        .selectFrom("notification")
        .select("id")
        .where("organisation", "=", organisation)
        .where(LATER)
        .where("due", "<=", toTime(now))
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },

    async prune(before) {
      const { numDeletedRows } = await db
        .deleteFrom("notification")
        .where("organisation", "=", organisation)
        .where("due", "<", toTime(before))
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },

    async place() {
      const row = await db
        .selectFrom("notification_place")
        .select("place")
        .where("organisation", "=", organisation)
        .executeTakeFirst()
      return row?.place
    },

    async movePlace(from, to, fence) {
      const leads = sql<SqlBool>`exists (select 1 from lease where organisation = ${organisation}
        and job = ${NOTIFICATION_LEASE} and fence = ${fence})`
      if (from === undefined) {
        const { numInsertedOrUpdatedRows } = await db
          .insertInto("notification_place")
          .columns(["organisation", "place"])
          .expression(sql`select cast(${organisation} as text), cast(${to} as bigint) where ${leads}`)
          .onConflict((conflict) => conflict.column("organisation").doNothing())
          .executeTakeFirstOrThrow()
        return numInsertedOrUpdatedRows === 1n
      }
      const { numUpdatedRows } = await db
        .updateTable("notification_place")
        .set({ place: to })
        .where("organisation", "=", organisation)
        .where("place", "=", from)
        .where(leads)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function toRow(one: Notification): Omit<NotificationRow, "organisation"> {
  return {
    id: one.id,
    kind: one.kind,
    event: one.event,
    recipient: one.to ?? "",
    agent: one.agent,
    subject: one.subject,
    details: toJson(one.details),
    at: toTime(one.at),
    due: toTime(one.due),
    read_at: toTimeOrNull(one.readAt),
    state: "later",
  }
}

function fromRow(row: NotificationRow): Notification {
  return {
    id: row.id,
    kind: row.kind,
    event: row.event,
    to: row.recipient || null,
    agent: row.agent,
    subject: row.subject,
    details: fromJson(row.details),
    at: fromTime(row.at),
    due: fromTime(row.due),
    readAt: fromTimeOrNull(row.read_at),
  }
}
