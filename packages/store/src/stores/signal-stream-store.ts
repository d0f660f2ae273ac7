import type { SignalStream, SignalStreamStore, StreamChange, StreamProgress } from "@tabard/control"
import { sql } from "kysely"
import { fromJson, fromTime, fromTimeOrNull, inPortions, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { SignalStreamRow } from "../tables/signals.ts"
import { failureColumns, troubleOf, WELL } from "./signal-trouble.ts"

type Stream = SignalStream["id"]

/** Keeps streams, and how they do, in `signal_stream`, and what was said of subjects in `signal_subject`. */
export function signalStreamStore(scope: Scope): SignalStreamStore {
  return { ...keeping(scope), ...faring(scope), ...delivering(scope), ...choosing(scope) }
}

const NEW = {
  due: null,
  failures: 0,
  said: null,
  delivered_at: null,
  failed_at: null,
  dropped: 0,
  refused: 0,
  verified_at: null,
  removed_at: null,
  troubled_since: null,
  told: 0,
} as const

function standing({ db, organisation }: Scope, id: Stream) {
  return db
    .updateTable("signal_stream")
    .where("organisation", "=", organisation)
    .where("id", "=", id)
    .where("removed_at", "is", null)
}

function streams({ db, organisation }: Scope) {
  return db
    .selectFrom("signal_stream")
    .selectAll()
    .where("organisation", "=", organisation)
    .where("removed_at", "is", null)
}

function keeping(scope: Scope): Pick<SignalStreamStore, "insert" | "find" | "list" | "change" | "remove"> {
  const { db, organisation } = scope
  return {
    async insert(stream, place) {
      await db
        .insertInto("signal_stream")
        .values({ organisation, ...toRow(stream), ...NEW, place })
        .execute()
    },

    async find(id) {
      const row = await streams(scope).where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },

    list: async () => (await streams(scope).orderBy("made_at").orderBy("id").execute()).map(fromRow),

    async change({ id, revision }, to) {
      const { numUpdatedRows } = await standing(scope, id)
        .set({ ...changeColumns(to), revision: revision + 1 })
        .where("revision", "=", revision)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async remove(id, at) {
      const { numUpdatedRows } = await standing(scope, id)
        .set({ removed_at: toTime(at), sealed: null })
        .executeTakeFirstOrThrow()
      if (numUpdatedRows !== 1n) return false
      for (const table of ["signal_set", "signal_subject"] as const)
        await db.deleteFrom(table).where("organisation", "=", organisation).where("stream", "=", id).execute()
      return true
    },
  }
}

function faring(scope: Scope): Pick<SignalStreamStore, "places" | "progress" | "count" | "takeVerification"> {
  const { db, organisation } = scope
  return {
    async places() {
      const rows = await streams(scope).orderBy("id").execute()
      return rows.map(({ id, place, due, failures, ...row }) => ({
        stream: id,
        place,
        due: fromTimeOrNull(due),
        failures,
        ...troubleOf(row),
      }))
    },

    async progress() {
      const rows = await streams(scope).orderBy("id").execute()
      const waits = await db
        .selectFrom("signal_set")
        .select([
          "stream",
          ({ fn }) => fn.countAll<number>().as("many"),
          ({ fn }) => fn.min("made_at").as("since"),
        ])
        .where("organisation", "=", organisation)
        .groupBy("stream")
        .execute()
      const waiting = new Map(waits.map(({ stream, many, since }) => [stream, { many, since }]))
      return rows.map((row) => progressOf(row, waiting.get(row.id)))
    },

    async count(id, { dropped = 0, refused = 0 }) {
      await standing(scope, id)
        .set((eb) => ({ dropped: eb("dropped", "+", dropped), refused: eb("refused", "+", refused) }))
        .execute()
    },

    async takeVerification(id, now, since) {
      const { numUpdatedRows } = await standing(scope, id)
        .set({ verified_at: toTime(now) })
        .where((eb) => eb.or([eb("verified_at", "is", null), eb("verified_at", "<=", toTime(since))]))
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function delivering(scope: Scope): Pick<SignalStreamStore, "step" | "claim" | "settle" | "wake"> {
  return {
    async step(id, from, to) {
      const { numUpdatedRows } = await standing(scope, id)
        .set({ place: to })
        .where("place", "=", from)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async claim(id, now, until) {
      const { numUpdatedRows } = await standing(scope, id)
        .set({ due: toTime(until) })
        .where((eb) => eb.or([eb("due", "is", null), eb("due", "<=", toTime(now))]))
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async settle(id, settlement) {
      if (settlement.kind === "delivered") {
        await standing(scope, id)
          .set({ ...WELL, delivered_at: toTime(settlement.at) })
          .execute()
        return
      }
      await standing(scope, id)
        .set((eb) => ({
          ...failureColumns(settlement),
          failed_at: toTime(settlement.at),
          failures: eb("failures", "+", 1),
          troubled_since: eb.fn.coalesce("troubled_since", eb.val(toTime(settlement.at))),
        }))
        .execute()
    },

    async wake(id) {
      await standing(scope, id).set({ due: null }).execute()
    },
  }
}

function choosing({ db, organisation }: Scope): Pick<SignalStreamStore, "putSubject" | "subjects"> {
  const said = (id: Stream) =>
    db.selectFrom("signal_subject").where("organisation", "=", organisation).where("stream", "=", id)
  return {
    async putSubject(stream, subject, told) {
      await db
        .insertInto("signal_subject")
        .values({ organisation, stream, subject, told: told ? 1 : 0 })
        .onConflict((conflict) =>
          conflict.columns(["organisation", "stream", "subject"]).doUpdateSet({ told: told ? 1 : 0 }),
        )
        .execute()
    },

    async subjects(id, among) {
      const rows = await inPortions(among, (portion) =>
        said(id).select(["subject", "told"]).where("subject", "in", portion).execute(),
      )
      const { many } = await said(id).select(sql<number>`count(*)`.as("many")).executeTakeFirstOrThrow()
      return { told: new Map(rows.map(({ subject, told }) => [subject, told === 1])), many }
    },
  }
}

function changeColumns(change: StreamChange): ChangeRow {
  const { name, receiver, delivery, form, sealed, status, reason } = change
  return {
    name,
    receiver,
    form,
    sealed,
    status,
    reason,
    method: delivery.method,
    url: delivery.method === "push" ? delivery.url : null,
    requested: toJson(change.requested),
    types: toJson(change.types),
    everybody: change.everybody ? 1 : 0,
  }
}

type ChangeRow = Pick<
  SignalStreamRow,
  | "name"
  | "receiver"
  | "method"
  | "url"
  | "requested"
  | "types"
  | "form"
  | "everybody"
  | "sealed"
  | "status"
  | "reason"
>

function toRow(stream: SignalStream) {
  const { id, audience, revision, madeBy } = stream
  return {
    id,
    audience,
    revision,
    made_by: madeBy,
    made_at: toTime(stream.madeAt),
    ...changeColumns(stream),
  }
}

function fromRow(row: SignalStreamRow): SignalStream {
  const { id, name, receiver, audience, form, status, reason, revision } = row
  return {
    id,
    name,
    receiver,
    audience,
    form,
    status,
    reason,
    revision,
    delivery: row.url === null ? { method: "poll" } : { method: "push", url: row.url },
    requested: fromJson(row.requested),
    types: fromJson(row.types),
    everybody: row.everybody === 1,
    sealed: row.sealed && new Uint8Array(row.sealed),
    madeBy: row.made_by,
    madeAt: fromTime(row.made_at),
  }
}

function progressOf(
  row: SignalStreamRow,
  waiting: { readonly many: number; readonly since: number } | undefined,
): StreamProgress {
  const { place, failures, said, dropped, refused } = row
  return {
    stream: row.id,
    place,
    failures,
    said,
    dropped,
    refused,
    due: fromTimeOrNull(row.due),
    deliveredAt: fromTimeOrNull(row.delivered_at),
    failedAt: fromTimeOrNull(row.failed_at),
    waiting: waiting?.many ?? 0,
    waitingSince: waiting ? fromTime(waiting.since) : null,
    ...troubleOf(row),
  }
}
