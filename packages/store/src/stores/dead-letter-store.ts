import type { DeadLetter, DeadLetterStore, Refusal } from "@tabard/control"
import type { Id } from "@tabard/core"
import { type SqlBool, sql } from "kysely"
import { boundedLimit, fromTime, inPortions, inWrites, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { DeadLetterRow } from "../tables/sinks.ts"

/** Written into the statement: a database matches it to the condition of the index only as a literal. */
const AGAIN = sql<SqlBool>`again = 1`

/** Keeps dead letters in the table of that name. */
export function deadLetterStore(scope: Scope): DeadLetterStore {
  return { ...keeping(scope), ...retrying(scope) }
}

function keeping({
  db,
  organisation,
}: Scope): Pick<DeadLetterStore, "keep" | "list" | "count" | "settle" | "forget"> {
  const of = (sink: Id<"sink">) =>
    db.deleteFrom("dead_letter").where("organisation", "=", organisation).where("sink", "=", sink)
  return {
    keep: (refusals) =>
      inWrites(refusals, (portion) =>
        db
          .insertInto("dead_letter")
          .values(portion.map((refusal) => ({ organisation, ...toRow(refusal) })))
          .onConflict((conflict) =>
            conflict.columns(["organisation", "sink", "item"]).doUpdateSet((eb) => ({
              reason: eb.ref("excluded.reason"),
              at: eb.ref("excluded.at"),
              tries: eb("dead_letter.tries", "+", 1),
              again: 0,
            })),
          )
          .execute(),
      ),

    async list({ sink, after, limit }) {
      const letters = db
        .selectFrom("dead_letter")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("sink", "=", sink)
        .orderBy("id", "desc")
        .limit(boundedLimit(limit))
      const rows = await (after === undefined ? letters : letters.where("id", "<", after)).execute()
      return rows.map(fromRow)
    },

    async count() {
      const rows = await db
        .selectFrom("dead_letter")
        .select(["sink", ({ fn }) => fn.countAll<number>().as("letters")])
        .where("organisation", "=", organisation)
        .groupBy("sink")
        .execute()
      return new Map(rows.map(({ sink, letters }) => [sink, letters]))
    },

    async settle(sink, keys) {
      await inPortions(keys, async (portion) => {
        await of(sink).where("item", "in", portion).execute()
        return []
      })
    },

    async forget(sink) {
      await of(sink).execute()
    },
  }
}

function retrying({
  db,
  organisation,
}: Scope): Pick<DeadLetterStore, "askAgain" | "waiting" | "sinksWaiting"> {
  const waiting = () => db.selectFrom("dead_letter").where("organisation", "=", organisation).where(AGAIN)
  return {
    async askAgain(sink, which) {
      const resting = db
        .updateTable("dead_letter")
        .set({ again: 1 })
        .where("organisation", "=", organisation)
        .where("sink", "=", sink)
        .where("again", "=", 0)
      if (which === "all") return Number((await resting.executeTakeFirstOrThrow()).numUpdatedRows)
      const counts = await inPortions(which, async (portion) => [
        Number((await resting.where("id", "in", portion).executeTakeFirstOrThrow()).numUpdatedRows),
      ])
      return counts.reduce((sum, one) => sum + one, 0)
    },

    async waiting(sink, limit) {
      const rows = await waiting()
        .selectAll()
        .where("sink", "=", sink)
        .orderBy("place")
        .orderBy("id")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(fromRow)
    },

    sinksWaiting: async () => (await waiting().select("sink").distinct().execute()).map(({ sink }) => sink),
  }
}

function toRow({
  id,
  sink,
  key,
  type,
  place,
  note,
  reason,
  at,
}: Refusal): Omit<DeadLetterRow, "organisation"> {
  return { id, sink, item: key, type, place, note, reason, at: toTime(at), tries: 1, again: 0 }
}

function fromRow({ item, at, again, ...row }: DeadLetterRow): DeadLetter {
  const { id, sink, type, place, note, reason, tries } = row
  return { id, sink, key: item, type, place, note, reason, at: fromTime(at), tries, again: again === 1 }
}
