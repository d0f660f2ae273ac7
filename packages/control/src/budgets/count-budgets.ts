import { type Budget, type Id, type JsonObject, type Task, writeAmount } from "@tabard/core"
import { actionId, type SessionFacts } from "@tabard/policy"
import type { Transaction } from "../transaction.ts"
import type { Wanted } from "./budget-store.ts"
import { windowOf } from "./budget-window.ts"
import { type SpendingTool, spendOf, spends } from "./spend-of.ts"

/** Whose budgets a call has to fit into. */
export type BudgetsInForce = ReadonlyMap<string, readonly Budget[]>

/** What is counted of a call. */
export interface CountedCall {
  readonly server: Id<"server">
  readonly tool: SpendingTool
  readonly arguments: JsonObject
  readonly task: Pick<Task, "id" | "expiresAt"> | null
  /** The call that has reserved already, where it is asked about again. */
  readonly call?: Id<"call">
}

/** One budget that a call takes from, and what others have taken in the same window. */
export interface CountedBudget extends Omit<Wanted, "budget"> {
  readonly budget: Budget
  readonly used: number
}

/** Why what a call takes cannot be told. */
export interface Uncounted {
  readonly code: "amount_unknown" | "limit_reached"
  readonly message: string
}

/**
 * Answers what a call would take from each budget that counts it, and what is used of them now. Whatever cannot be counted
 * is not within its limit. Where nothing is limited, nothing is read.
 */
export async function countBudgets(
  { budgets }: Pick<Transaction, "budgets">,
  inForce: BudgetsInForce,
  call: CountedCall,
  now: Date,
): Promise<{ readonly counted: readonly CountedBudget[] } | Uncounted> {
  const takings = [...inForce].flatMap(([subject, own]) =>
    own.flatMap((budget) => (counts(budget, call) ? [{ subject, budget }] : [])),
  )
  if (takings.length === 0) return { counted: [] }
  const time = await budgets.time(now)
  const wanted: Omit<CountedBudget, "used">[] = []
  for (const taking of takings) {
    const one = wantedOf(taking, call, time)
    if ("code" in one) return one
    wanted.push(one)
  }
  const used = await budgets.used(
    wanted.map(({ subject, budget, window }) => ({ subject, budget: budget.name, window })),
    call.call,
  )
  return { counted: wanted.map((one, at) => ({ ...one, used: used[at] ?? one.atMost })) }
}

/** Answers what is left of the tightest budgets before this call, as policies see it; what nobody counts has nothing left. */
export function leftOf(counted: readonly CountedBudget[], callsLeft: number | null): SessionFacts["left"] {
  const calls = [...(callsLeft === null ? [] : [callsLeft]), ...left(counted, "calls")]
  const spend = left(counted, "spend")
  return {
    calls: calls.length > 0 ? Math.min(...calls) : 0,
    spend: spend.length > 0 ? writeAmount(Math.min(...spend)) : "0.0",
  }
}

function left(counted: readonly CountedBudget[], what: Budget["counts"]): number[] {
  return counted.filter(({ budget }) => budget.counts === what).map(leftIn)
}

/** Answers what is left of one budget: nothing where it was lowered below what is used. */
export function leftIn({ atMost, used }: Pick<CountedBudget, "atMost" | "used">): number {
  return Math.max(0, atMost - used)
}

function counts({ counts: what, tools }: Budget, { server, tool }: CountedCall): boolean {
  if (tools && !tools.includes(actionId({ server, name: tool.name }))) return false
  return what === "calls" || spends(tool)
}

function wantedOf(
  { subject, budget }: { readonly subject: string; readonly budget: Budget },
  { tool, arguments: args, task }: CountedCall,
  time: Date,
): Omit<CountedBudget, "used"> | Uncounted {
  const window = windowOf(budget.per, time, task)
  if (!window) {
    const message = `the limit ${budget.name} of ${subject} counts within a task, and this call belongs to none`
    return { code: "limit_reached", message }
  }
  const spend = budget.currency === null ? { amount: 1 } : spendOf(tool, args, budget.currency)
  if ("unreadable" in spend) {
    const message = `what this call spends cannot be counted, and the limit ${budget.name} of ${subject} counts it: ${spend.unreadable}`
    return { code: "amount_unknown", message }
  }
  const { opened, endsAt } = window
  return { subject, budget, window: opened, endsAt, atMost: budget.atMost, amount: spend.amount }
}
