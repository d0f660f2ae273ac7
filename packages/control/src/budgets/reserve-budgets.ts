import { type Id, type JsonObject, writeAmount } from "@tabard/core"
import { budgetWords } from "@tabard/intent"
import type { Transaction } from "../transaction.ts"
import { type CountedBudget, leftIn } from "./count-budgets.ts"

/** Answers the first budget that has no room for a call, by what was read of it. */
export function withoutRoom(counted: readonly CountedBudget[]): CountedBudget | undefined {
  return counted.find((one) => one.amount > leftIn(one))
}

/**
 * Reserves a call's part of all its budgets, or of none; answers the one that has no room. What was read only spares a
 * statement: each reservation is one that the database decides. Asked again for the same call it reserves nothing more.
 */
export async function reserveBudgets(
  { budgets }: Pick<Transaction, "budgets">,
  call: Id<"call">,
  counted: readonly CountedBudget[],
): Promise<CountedBudget | undefined> {
  const full = withoutRoom(counted)
  if (full) return full
  // In one order everywhere: two calls that wait for each other's counts would wait for ever.
  for (const one of counted.toSorted(byCount)) {
    if (await budgets.reserve(call, { ...one, budget: one.budget.name })) continue
    await budgets.settle(call, "returned")
    return { ...one, used: one.atMost }
  }
  return undefined
}

/** Says which limit is reached, what is left of it, and when it opens again. */
export function reachedWords(one: CountedBudget): string {
  const { subject, budget, endsAt, amount } = one
  const left = leftIn(one)
  const none = left === 0 ? "nothing is left" : `${written(budget.counts, left)} is left`
  const wanted = budget.counts === "spend" && left > 0 ? `, and this call spends ${writeAmount(amount)}` : ""
  const opens = budget.per === "task" ? "for as long as its task lasts" : `until ${endsAt.toISOString()}`
  return `${subject} may ${budgetWords(budget)}: ${none} ${opens}${wanted}`
}

/** Answers what a call has reserved, for its event. */
export function reservedInEvent(counted: readonly CountedBudget[]): JsonObject[] {
  return counted.map((one) => ({
    of: one.subject,
    limit: one.budget.name,
    amount: written(one.budget.counts, one.amount),
    left: written(one.budget.counts, leftIn({ ...one, used: one.used + one.amount })),
  }))
}

function written(counts: CountedBudget["budget"]["counts"], much: number): string {
  return counts === "spend" ? writeAmount(much) : String(much)
}

function byCount(a: CountedBudget, b: CountedBudget): number {
  return keyOf(a) < keyOf(b) ? -1 : 1
}

function keyOf({ subject, budget, window }: CountedBudget): string {
  return JSON.stringify([subject, budget.name, window])
}
