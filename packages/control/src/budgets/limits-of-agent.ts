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
  /** The open task whose own it is; null of the manifest's. */
  readonly task: Id<"task"> | null
  readonly budget: Budget
  /** Completes "it may …". */
  readonly words: string
  readonly atMost: string
  /** One, or for a limit of a task one for each that is open. */
  readonly uses: readonly BudgetUse[]
}

/** Open tasks of an agent that are told of. */
const MOST_TASKS = 100

/** Answers the limits of an agent's manifest and of its open tasks, each with what is used of it now. */
export async function limitsOfAgent(
  { policies, budgets, tasks }: Pick<Transaction, "budgets" | "policies" | "tasks">,
  agent: Pick<Agent, "id">,
  now: Date,
): Promise<readonly LimitInForce[]> {
  const open = (await tasks.of(agent.id, MOST_TASKS)).filter(
    ({ closedAt, expiresAt }) => closedAt === null && expiresAt > now,
  )
  const sets = await policies.concerning([agent.id, ...open.map(({ id }) => id)])
  const holders = sets.flatMap((set) =>
    (set.budgets ?? []).map((budget) => ({ holder: set.subject, budget })),
  )
  if (holders.length === 0) return []
  const time = await budgets.time(now)
  const counts = holders.flatMap((held) => countsOf(held, time, open))
  const used = await budgets.used(counts)
  const uses = counts.map((count, at) => ({ count, used: used[at] ?? count.atMost }))
  return holders.map(({ holder, budget }) => ({
    task: open.find(({ id }) => id === holder)?.id ?? null,
    budget,
    words: budgetWords(budget),
    atMost: written(budget, budget.atMost),
    uses: uses
      .filter(({ count }) => count.subject === holder && count.budget === budget.name)
      .map(({ count: { task, endsAt }, used: much }) => ({
        task,
        endsAt,
        used: written(budget, much),
        left: written(budget, leftIn({ atMost: budget.atMost, used: much })),
      })),
  }))
}

/** A task's own budget lasts with that task alone. */
function countsOf(
  { holder: subject, budget }: { readonly holder: string; readonly budget: Budget },
  time: Date,
  open: readonly Task[],
): (CountKey & Pick<BudgetUse, "endsAt" | "task"> & Pick<Budget, "atMost">)[] {
  const own = open.filter(({ id }) => id === subject)
  const within = budget.per === "task" ? (own.length > 0 ? own : open) : [null]
  return within.flatMap((task) => {
    const window = windowOf(budget.per, time, task)
    if (!window) return []
    const { opened, endsAt } = window
    const count = { subject, budget: budget.name, window: opened }
    return [{ ...count, endsAt, task: task?.id ?? null, atMost: budget.atMost }]
  })
}

function written({ counts }: Budget, much: number): string {
  return counts === "spend" ? writeAmount(much) : String(much)
}
