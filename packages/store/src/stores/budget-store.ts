import type { BudgetStore, CountKey, Wanted } from "@tabard/control"
import type { Id } from "@tabard/core"
import { sql } from "kysely"
import { fromTime, inPortions, toTime } from "../columns.ts"
import { DATABASE_TIME } from "../database-time.ts"
import type { Scope } from "../scope.ts"

/** Keeps what is used of budgets in `budget_count`, and what each call has reserved of them in `budget_reservation`. */
export function budgetStore(scope: Scope): BudgetStore {
  return { ...reserving(scope), ...settling(scope), ...reading(scope) }
}

function reserving(scope: Scope): Pick<BudgetStore, "reserve"> {
  return {
    async reserve(call, wanted) {
      if (!(await claim(scope, call, wanted))) return true
      if (wanted.amount <= wanted.atMost && (await countIn(scope, wanted))) return true
      await unclaim(scope, call, wanted)
      return false
    },
  }
}

/** Writes down what a call reserves; answers false where it has reserved it before. */
async function claim({ db, organisation }: Scope, call: Id<"call">, wanted: Wanted): Promise<boolean> {
  const { subject, budget, window: opened, amount } = wanted
  const reserved = { opened, amount, state: "reserved", ends_at: toTime(wanted.endsAt) } as const
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("budget_reservation")
    .values({ organisation, call, subject, budget, ...reserved })
    .onConflict((conflict) =>
      conflict
        .columns(["organisation", "call", "subject", "budget"])
        .doUpdateSet(reserved)
        .where("budget_reservation.state", "=", "returned"),
    )
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** The guard is in the statement: the database, not an earlier read, decides which calls fit. */
async function countIn({ db, organisation }: Scope, wanted: Wanted): Promise<boolean> {
  const { subject, budget, window: opened, amount, atMost } = wanted
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("budget_count")
    .values({ organisation, subject, budget, opened, used: amount, ends_at: toTime(wanted.endsAt) })
    .onConflict((conflict) =>
      conflict
        .columns(["organisation", "subject", "budget", "opened"])
        .doUpdateSet((eb) => ({ used: eb("budget_count.used", "+", amount) }))
        .where((eb) => eb("budget_count.used", "<=", atMost - amount)),
    )
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

async function unclaim({ db, organisation }: Scope, call: Id<"call">, wanted: CountKey): Promise<void> {
  await db
    .updateTable("budget_reservation")
    .set({ state: "returned" })
    .where("organisation", "=", organisation)
    .where("call", "=", call)
    .where("subject", "=", wanted.subject)
    .where("budget", "=", wanted.budget)
    .execute()
}

function settling({ db, organisation }: Scope): Pick<BudgetStore, "prune" | "settle"> {
  return {
    async settle(call, how) {
      const settled = await db
        .updateTable("budget_reservation")
        .set({ state: how })
        .where("organisation", "=", organisation)
        .where("call", "=", call)
        .where("state", "=", "reserved")
        .returning(["subject", "budget", "opened", "amount"])
        .execute()
      if (how === "spent") return settled.length
      for (const { subject, budget, opened, amount } of settled) {
        await db
          .updateTable("budget_count")
          .set((eb) => ({ used: eb("used", "-", amount) }))
          .where("organisation", "=", organisation)
          .where("subject", "=", subject)
          .where("budget", "=", budget)
          .where("opened", "=", opened)
          .execute()
      }
      return settled.length
    },

    async prune(before) {
      const over = toTime(before)
      await db
        .deleteFrom("budget_reservation")
        .where("organisation", "=", organisation)
        .where("ends_at", "<", over)
        .execute()
      const { numDeletedRows } = await db
        .deleteFrom("budget_count")
        .where("organisation", "=", organisation)
        .where("ends_at", "<", over)
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

function reading(scope: Scope): Pick<BudgetStore, "time" | "used"> {
  const { db, databaseTime } = scope
  return {
    async time(now) {
      if (!databaseTime) return now
      const { rows } = await sql<{ now: number }>`select ${DATABASE_TIME} as now`.execute(db)
      return fromTime(rows[0]?.now ?? Number.NaN)
    },

    async used(counts, call) {
      const used = new Map((await countsOf(scope, counts)).map((row) => [keyOf(row), row.used]))
      const own = call === undefined ? [] : await heldBy(scope, call)
      for (const row of own) used.set(keyOf(row), (used.get(keyOf(row)) ?? row.amount) - row.amount)
      return counts.map(({ window: opened, ...count }) => used.get(keyOf({ ...count, opened })) ?? 0)
    },
  }
}

type Kept = Omit<CountKey, "window"> & { readonly opened: string }

function keyOf({ subject, budget, opened }: Kept): string {
  return JSON.stringify([subject, budget, opened])
}

/** All windows of these subjects that are kept, of which few are asked for: a window is short, and old ones are dropped. */
async function countsOf(
  { db, organisation }: Scope,
  counts: readonly CountKey[],
): Promise<readonly (Kept & { used: number })[]> {
  const subjects = [...new Set(counts.map(({ subject }) => subject))]
  const windows = [...new Set(counts.map((count) => count.window))]
  return inPortions(subjects, (portion) =>
    db
      .selectFrom("budget_count")
      .select(["subject", "budget", "opened", "used"])
      .where("organisation", "=", organisation)
      .where("subject", "in", portion)
      .where("budget", "in", [...new Set(counts.map(({ budget }) => budget))])
      .where("opened", "in", windows)
      .execute(),
  )
}

function heldBy({ db, organisation }: Scope, call: Id<"call">): Promise<(Kept & { amount: number })[]> {
  return db
    .selectFrom("budget_reservation")
    .select(["subject", "budget", "opened", "amount"])
    .where("organisation", "=", organisation)
    .where("call", "=", call)
    .where("state", "in", ["reserved", "spent"])
    .execute()
}
