import type { IdempotencyStore, WriteKey, WriteState } from "@tabard/control"
import { fromTime, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { IdempotencyRow } from "../tables/idempotency.ts"

/** Keeps keys of writes in `idempotency`. */
export function idempotencyStore(scope: Scope): IdempotencyStore {
  return { ...taking(scope), ...holding(scope) }
}

function taking({ db, organisation }: Scope): Pick<IdempotencyStore, "begin" | "find" | "count" | "prune"> {
  return {
    async begin({ principal, key, request, run, startedAt }, { keptSince, aliveSince }) {
      const taken = { request, run, started_at: toTime(startedAt), state: "started", answer: null } as const
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("idempotency")
        .values({ organisation, principal, key, ...taken })
        .onConflict((conflict) =>
          conflict
            .columns(["organisation", "principal", "key"])
            .doUpdateSet(taken)
            .where((old) =>
              old.or([
                old("idempotency.started_at", "<=", toTime(keptSince)),
                old.and([
                  old("idempotency.state", "=", "started"),
                  old("idempotency.started_at", "<=", toTime(aliveSince)),
                ]),
              ]),
            ),
        )
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async find({ principal, key }) {
      const row = await db
        .selectFrom("idempotency")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("principal", "=", principal)
        .where("key", "=", key)
        .executeTakeFirst()
      if (!row) return undefined
      const { request, run, started_at } = row
      return { principal, key, request, run, startedAt: fromTime(started_at), state: stateOf(row) }
    },

    async count(principal) {
      const { count } = await db
        .selectFrom("idempotency")
        .select(({ fn }) => fn.countAll<number | string>().as("count"))
        .where("organisation", "=", organisation)
        .where("principal", "=", principal)
        .executeTakeFirstOrThrow()
      return Number(count)
    },

    async prune(before) {
      const { numDeletedRows } = await db
        .deleteFrom("idempotency")
        .where("organisation", "=", organisation)
        .where("started_at", "<", toTime(before))
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

function holding({ db, organisation }: Scope): Pick<IdempotencyStore, "act" | "answer" | "release"> {
  const held = ({ principal, key }: WriteKey, run: string) =>
    db
      .updateTable("idempotency")
      .where("organisation", "=", organisation)
      .where("principal", "=", principal)
      .where("key", "=", key)
      .where("run", "=", run)
      .where("state", "in", ["started", "acted"])

  return {
    async act(key, run) {
      const { numUpdatedRows } = await held(key, run).set({ state: "acted" }).executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async answer(key, run, answer) {
      await held(key, run).set({ state: "answered", answer }).execute()
    },

    async release({ principal, key }, run) {
      await db
        .deleteFrom("idempotency")
        .where("organisation", "=", organisation)
        .where("principal", "=", principal)
        .where("key", "=", key)
        .where("run", "=", run)
        .where("state", "=", "started")
        .execute()
    },
  }
}

function stateOf({ state, answer }: IdempotencyRow): WriteState {
  if (state === "answered") return { kind: "answered", answer: answer ?? "" }
  return { kind: state }
}
