import type { Delivery, DeliveryClaim, DeliveryOutcome, DeliveryStore } from "@tabard/control"
import { type SqlBool, sql } from "kysely"
import { boundedLimit, fromTime, fromTimeOrNull, inWrites, toTime, toTimeOrNull } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { DeliveryRow } from "../tables/notifications.ts"

/** Written into the statement: a database matches it to the condition of the index only as a literal. */
const PENDING = sql<SqlBool>`state = 'pending'`
const DIGEST = sql<SqlBool>`digest = 1`

/** Keeps deliveries in the table of that name. */
export function deliveryStore(scope: Scope): DeliveryStore {
  return { ...claiming(scope), ...ending(scope), ...listing(scope) }
}

function claiming({ db, organisation }: Scope): Pick<DeliveryStore, "add" | "claim" | "claimDigest"> {
  const due = ({ now, limit }: DeliveryClaim) =>
    db
      .selectFrom("delivery")
      .select("id")
      .where("organisation", "=", organisation)
      .where(PENDING)
      .where("due", "<=", toTime(now))
      .orderBy("due")
      .orderBy("id")
      .limit(boundedLimit(limit))
  const take = async (which: ReturnType<typeof due>, { now, until }: DeliveryClaim) => {
    // The guard is in the statement: the database, not an earlier read, decides who takes it up.
    const rows = await db
      .updateTable("delivery")
      .set((eb) => ({ due: toTime(until), tries: eb("tries", "+", 1) }))
      .where("organisation", "=", organisation)
      .where("id", "in", which)
      .where(PENDING)
      .where("due", "<=", toTime(now))
      .returningAll()
      .execute()
    return rows.map(fromRow).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }
  return {
    add: (all) =>
      inWrites(all, (portion) =>
        db
          .insertInto("delivery")
          .values(portion.map((one) => ({ organisation, ...toRow(one) })))
          .onConflict((conflict) => conflict.columns(["organisation", "notification", "channel"]).doNothing())
          .execute(),
      ),

    claim: (channel, claim) => take(due(claim).where("channel", "=", channel).where("digest", "=", 0), claim),

    claimDigest(claim) {
      const first = due({ ...claim, limit: 1 })
        .where(DIGEST)
        .clearSelect()
        .select("recipient")
      return take(due(claim).where(DIGEST).where("recipient", "in", first), claim)
    },
  }
}

function ending({ db, organisation }: Scope): Pick<DeliveryStore, "settle" | "again" | "dropAll" | "prune"> {
  const change = () => db.updateTable("delivery").where("organisation", "=", organisation)
  return {
    async settle({ id, tries }, outcome) {
      const { numUpdatedRows } = await change()
        .set(outcomeColumns(outcome))
        .where("id", "=", id)
        .where("tries", "=", tries)
        .where(PENDING)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async again(id, now) {
      // The tries start anew, and this one waits for no digest: a person asked for it.
      const row = await change()
        .set({
          state: "pending",
          ended_at: null,
          due: toTime(now),
          made_at: toTime(now),
          tries: 0,
          digest: 0,
        })
        .where("id", "=", id)
        .where("state", "=", "failed")
        .returningAll()
        .executeTakeFirst()
      return row && fromRow(row)
    },

    async dropAll(channel, at, said) {
      const { numUpdatedRows } = await change()
        .set({ state: "dropped", ended_at: toTime(at), said })
        .where("channel", "=", channel)
        .where(PENDING)
        .executeTakeFirstOrThrow()
      return Number(numUpdatedRows)
    },

    async prune(before) {
      const { numDeletedRows } = await db
        .deleteFrom("delivery")
        .where("organisation", "=", organisation)
        .where("ended_at", "<", toTime(before))
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

function listing({ db, organisation }: Scope): Pick<DeliveryStore, "dueIn" | "list" | "count"> {
  return {
    async dueIn(now) {
      const rows = await db
        .selectFrom("delivery")
        .select("channel")
        .distinct()
        .where("organisation", "=", organisation)
        .where(PENDING)
        .where("due", "<=", toTime(now))
        .execute()
      return rows.map(({ channel }) => channel)
    },

    async list({ channel, state, after, limit }) {
      let query = db
        .selectFrom("delivery")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("channel", "=", channel)
        .orderBy("id", "desc")
        .limit(boundedLimit(limit))
      if (state !== undefined) query = query.where("state", "=", state)
      if (after !== undefined) query = query.where("id", "<", after)
      return (await query.execute()).map(fromRow)
    },

    async count() {
      const rows = await db
        .selectFrom("delivery")
        .select(({ fn }) => ["channel", "state", fn.countAll<number | string>().as("deliveries")])
        .where("organisation", "=", organisation)
        .where("state", "in", ["pending", "failed"])
        .groupBy(["channel", "state"])
        .orderBy("channel")
        .orderBy("state")
        .execute()
      return rows.flatMap(({ channel, state, deliveries }) =>
        state === "pending" || state === "failed" ? [{ channel, state, deliveries: Number(deliveries) }] : [],
      )
    },
  }
}

function outcomeColumns(outcome: DeliveryOutcome): Partial<DeliveryRow> {
  switch (outcome.kind) {
    case "again":
      return { due: toTime(outcome.due), said: outcome.said }
    case "sent":
      return { state: "sent", ended_at: toTime(outcome.at), said: null }
    case "dropped":
    case "failed":
      return { state: outcome.kind, ended_at: toTime(outcome.at), said: outcome.said }
  }
}

function toRow(one: Delivery): Omit<DeliveryRow, "organisation"> {
  return {
    id: one.id,
    notification: one.notification,
    channel: one.channel,
    recipient: one.to ?? "",
    digest: one.digest ? 1 : 0,
    state: one.state,
    made_at: toTime(one.madeAt),
    due: toTime(one.due),
    tries: one.tries,
    said: one.said,
    ended_at: toTimeOrNull(one.endedAt),
  }
}

function fromRow(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    notification: row.notification,
    channel: row.channel,
    to: row.recipient || null,
    digest: row.digest === 1,
    state: row.state,
    madeAt: fromTime(row.made_at),
    due: fromTime(row.due),
    tries: row.tries,
    said: row.said,
    endedAt: fromTimeOrNull(row.ended_at),
  }
}
