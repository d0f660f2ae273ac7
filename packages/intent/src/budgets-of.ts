import {
  type Budget,
  type CallLimit,
  type Limits,
  Problem,
  readAmount,
  type SpendLimit,
  type TaskBudget,
  writeAmount,
} from "@tabard/core"
import { actionId, argumentShapes, hasRole, type PinnedTool } from "@tabard/policy"

/** Limits and what they count: the tools of an entry, or with none, every tool. */
export interface CountedTools {
  readonly limits: Limits
  /** An entry's server and tool as the manifest names them; null stands for the manifest's own top. */
  readonly entry: { readonly server: string; readonly tool: string } | null
  readonly tools: readonly PinnedTool[]
}

/**
 * Answers the budgets that limits come to. One that could not be counted is refused now, and so is one that is said twice:
 * neither would bind as it reads.
 *
 * @throws {Problem} manifest_invalid
 */
export function budgetsOf(counted: readonly CountedTools[]): Budget[] {
  const budgets = counted.flatMap((each) => [
    ...(each.limits.calls ?? []).map((limit) => callBudget(each, limit)),
    ...(each.limits.spend ?? []).map((limit) => spendBudget(each, limit)),
  ])
  for (const [name, same] of Map.groupBy(budgets, (budget) => budget.name)) {
    if (same.length > 1) throw new Problem("manifest_invalid", `the limit ${name} is said twice; say it once`)
  }
  return budgets
}

/**
 * Answers the budgets of one run: whatever tools it has, and until it ends.
 *
 * @throws {Problem} manifest_invalid
 */
export function taskBudgetsOf({ calls, spend }: TaskBudget): Budget[] {
  const limits: Limits = {
    ...(calls !== undefined && { calls: [{ atMost: calls, per: "task" }] }),
    ...(spend && { spend: [{ ...spend, per: "task" }] }),
  }
  return budgetsOf([{ limits, entry: null, tools: [] }])
}

/** Says what a budget allows: it completes "it may …". */
export function budgetWords({ name, counts, atMost, per, currency, tools }: Budget): string {
  const calls = atMost === 1 ? "one call" : `${atMost} calls`
  const much =
    counts === "calls" ? `make at most ${calls}` : `spend at most ${writeAmount(atMost)} ${currency}`
  const period = per === "task" ? "in one task" : `${per === "hour" ? "an" : "a"} ${per}`
  return `${much} ${period}${tools ? ` with ${name.split(": ")[0]}` : ""}`
}

function callBudget({ entry, tools }: CountedTools, { atMost, per }: CallLimit): Budget {
  return {
    name: nameOf(entry, `calls/${per}`),
    counts: "calls",
    atMost,
    per,
    currency: null,
    tools: idsOf(entry, tools),
  }
}

function spendBudget({ entry, tools }: CountedTools, { atMost, per, currency }: SpendLimit): Budget {
  const parts = readAmount(atMost)
  if (parts === undefined)
    throw new Problem("manifest_invalid", `${atMost} is no amount of at most four decimal places`)
  const uncounted = entry && tools.find((tool) => !hasAmount(tool))
  if (uncounted) {
    throw new Problem(
      "manifest_invalid",
      `what ${uncounted.name} spends cannot be counted: no argument of it is registered as an amount; correct the tool's arguments, or limit its calls`,
    )
  }
  return {
    name: nameOf(entry, `spend/${per}/${currency}`),
    counts: "spend",
    atMost: parts,
    per,
    currency,
    tools: idsOf(entry, tools),
  }
}

function nameOf(entry: CountedTools["entry"], what: string): string {
  return entry ? `${entry.server}/${entry.tool}: ${what}` : what
}

function idsOf(entry: CountedTools["entry"], tools: readonly PinnedTool[]): readonly string[] | null {
  return entry && tools.map(actionId)
}

/** An amount is a number or a text at the top of the arguments; nothing else has one reading. */
function hasAmount(tool: PinnedTool): boolean {
  const shapes = argumentShapes(tool)
  if ("unjudgeable" in shapes) return false
  return [...shapes].some(
    ([name, { shape }]) =>
      hasRole(tool, name, "amount") && (shape.kind === "number" || shape.kind === "string"),
  )
}
