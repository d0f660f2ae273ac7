import type { SignalSource, SignalSourceStore, SourceChange, SourceProgress } from "@tabard/control"
import { fromTime, fromTimeOrNull, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { SignalSourceRow } from "../tables/signals.ts"
import { failureColumns, troubleOf, WELL } from "./signal-trouble.ts"

/** Keeps sources of signals, and how they do, in `signal_source`. */
export function signalSourceStore(scope: Scope): SignalSourceStore {
  return { ...keeping(scope), ...hearing(scope) }
}

const NEW = {
  due: null,
  failures: 0,
  said: null,
  removed_at: null,
  received_at: null,
  received: 0,
  refused_at: null,
  refused: 0,
  troubled_since: null,
  told: 0,
} as const

function standing({ db, organisation }: Scope, id: SignalSource["id"]) {
  return db
    .updateTable("signal_source")
    .where("organisation", "=", organisation)
    .where("id", "=", id)
    .where("removed_at", "is", null)
}

function sources({ db, organisation }: Scope) {
  return db
    .selectFrom("signal_source")
    .selectAll()
    .where("organisation", "=", organisation)
    .where("removed_at", "is", null)
}

function keeping(scope: Scope): Pick<SignalSourceStore, "insert" | "find" | "list" | "change" | "remove"> {
  const { db, organisation } = scope
  return {
    async insert(source) {
      await db
        .insertInto("signal_source")
        .values({ organisation, ...toRow(source), ...NEW })
        .execute()
    },

    async find(id) {
      const row = await sources(scope).where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },

    list: async () => (await sources(scope).orderBy("made_at").orderBy("id").execute()).map(fromRow),

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
      return numUpdatedRows === 1n
    },
  }
}

function hearing(scope: Scope): Pick<SignalSourceStore, "progress" | "claim" | "hear"> {
  return {
    progress: async () => (await sources(scope).orderBy("id").execute()).map(progressOf),

    async claim(id, now, until) {
      const { numUpdatedRows } = await standing(scope, id)
        .set({ due: toTime(until) })
        .where((eb) => eb.or([eb("due", "is", null), eb("due", "<=", toTime(now))]))
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async hear(id, news) {
      const one = standing(scope, id)
      switch (news.kind) {
        case "answered":
          return void (await one.set(WELL).execute())
        case "received":
          return void (await one
            .set((eb) => ({ received: eb("received", "+", 1), received_at: toTime(news.at) }))
            .execute())
        case "refused":
          return void (await one
            .set((eb) => ({ refused: eb("refused", "+", 1), refused_at: toTime(news.at), said: news.said }))
            .execute())
        case "failed":
          return void (await one
            .set((eb) => ({
              ...failureColumns(news),
              failures: eb("failures", "+", 1),
              troubled_since: eb.fn.coalesce("troubled_since", eb.val(toTime(news.at))),
            }))
            .execute())
      }
    },
  }
}

type ChangeRow = Pick<
  SignalSourceRow,
  "name" | "issuer" | "audience" | "jwks_uri" | "method" | "token_hash" | "url" | "sealed" | "state"
>

function changeColumns({ delivery, jwksUri, ...change }: SourceChange): ChangeRow {
  const { name, issuer, audience, sealed, state } = change
  return {
    name,
    issuer,
    audience,
    jwks_uri: jwksUri,
    sealed,
    state,
    method: delivery.method,
    token_hash: delivery.method === "push" ? delivery.tokenHash : null,
    url: delivery.method === "poll" ? delivery.url : null,
  }
}

function toRow(source: SignalSource) {
  const { id, revision, madeBy } = source
  return { id, revision, made_by: madeBy, made_at: toTime(source.madeAt), ...changeColumns(source) }
}

function fromRow(row: SignalSourceRow): SignalSource {
  const { id, name, issuer, audience, state, revision } = row
  return {
    id,
    name,
    issuer,
    audience,
    state,
    revision,
    jwksUri: row.jwks_uri,
    delivery:
      row.url === null
        ? { method: "push", tokenHash: row.token_hash ?? "" }
        : { method: "poll", url: row.url },
    sealed: row.sealed && new Uint8Array(row.sealed),
    madeBy: row.made_by,
    madeAt: fromTime(row.made_at),
  }
}

function progressOf(row: SignalSourceRow): SourceProgress {
  const { failures, said, received, refused } = row
  return {
    source: row.id,
    failures,
    said,
    received,
    refused,
    due: fromTimeOrNull(row.due),
    receivedAt: fromTimeOrNull(row.received_at),
    refusedAt: fromTimeOrNull(row.refused_at),
    ...troubleOf(row),
  }
}
