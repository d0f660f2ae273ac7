import { type Agent, type Budget, type Id, type Task, writeAmount } from "@tabard/core"
import { budgetWords } from "@tabard/intent"
import type { Transaction } from "../transaction.ts"
import type { CountKey } from "./budget-store.ts"
import { windowOf } from "./budget-window.ts"
import { leftIn } from "./count-budgets.ts"

/** What is used of a budget within one window, in its own units as text. */
export interface BudgetUse {
  /** The task that it lasts with; null for a span of time. */
  readonly task: Id<"task"> | null
  readonly endsAt: Date
  readonly used: string
  readonly left: string
}

/** A limit that an agent is held to, and what is used of it now. */
export interface LimitInForce {
  readonly budget: Budget
  /** Completes "it may …". */
  readonly words: string
  readonly atMost: string
  /** One, or for a limit of a task one for each that is open. */
  readonly uses: readonly BudgetUse[]
}

/** Open tasks of an agent that are told of. */
const MOST_TASKS = 100

/** Answers the limits of an agent's manifest, each with what is used of it now. */
export async function limitsOfAgent(
  { policies, budgets, tasks }: Pick<Transaction, "budgets" | "policies" | "tasks">,
  agent: Pick<Agent, "id">,
  now: Date,
): Promise<readonly LimitInForce[]> {
  const own = (await policies.current("intent", agent.id))?.budgets ?? []
  if (own.length === 0) return []
  const time = await budgets.time(now)
  const open = (await tasks.of(agent.id, MOST_TASKS)).filter(
    ({ closedAt, expiresAt }) => closedAt === null && expiresAt > now,
  )
  const counts = own.flatMap((budget) => countsOf(agent.id, budget, { time, open }))
  const used = await budgets.used(counts)
  const uses = counts.map((count, at) => ({ count, used: used[at] ?? 0 }))
  return own.map((budget) => ({
    budget,
    words: budgetWords(budget),
    atMost: written(budget, budget.atMost),
    uses: uses
      .filter(({ count }) => count.budget === budget.name)
      .map(({ count: { task, endsAt }, used: much }) => ({
        task,
        endsAt,
        used: written(budget, much),
        left: written(budget, leftIn({ atMost: budget.atMost, used: much })),
      })),
  }))
}

function countsOf(
  subject: Id<"agent">,
  budget: Budget,
  { time, open }: { readonly time: Date; readonly open: readonly Task[] },
): (CountKey & Pick<BudgetUse, "endsAt" | "task">)[] {
  const within = budget.per === "task" ? open : [null]
  return within.flatMap((task) => {
    const window = windowOf(budget.per, time, task)
    if (!window) return []
    const { opened, endsAt } = window
    return [{ subject, budget: budget.name, window: opened, endsAt, task: task?.id ?? null }]
  })
}

function written({ counts }: Budget, much: number): string {
  return counts === "spend" ? writeAmount(much) : String(much)
}
