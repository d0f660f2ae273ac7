import type { Agent } from "@tabard/core"
import type { AgentStanding } from "./agent-standing.ts"
import type { AgentPlan, PlannedFinding, ToolChange } from "./manifest-plan.ts"

/** Answers what became otherwise of an agent, whom that concerns aside. */
export function compareStanding(
  { id }: Pick<Agent, "id">,
  before: AgentStanding,
  after: AgentStanding,
): Omit<AgentPlan, "concerned"> {
  return {
    agent: id,
    change: before.source === null ? "first" : isSame(before, after) ? "same" : "changed",
    version: before.version,
    adds: without(after.sentences, before.sentences),
    takesAway: without(before.sentences, after.sentences),
    tools: toolChanges(before.coverage, after.coverage),
    policies: after.policies,
    risk: { before: before.risk, after: after.risk },
    opens: findingsWithout(after.findings, before.findings),
    resolves: findingsWithout(before.findings, after.findings),
  }
}

function isSame(before: AgentStanding, after: AgentStanding): boolean {
  return before.source === after.source && before.version === after.version
}

function without(some: readonly string[], others: readonly string[]): readonly string[] {
  return some.filter((each) => !others.includes(each))
}

function findingsWithout(
  some: readonly PlannedFinding[],
  others: readonly PlannedFinding[],
): readonly PlannedFinding[] {
  return some.filter(
    ({ rule, message }) => !others.some((other) => other.rule === rule && other.message === message),
  )
}

type Coverage = AgentStanding["coverage"]

/** Every tool on which the agent's policies come to something else, or are others. */
function toolChanges(before: Coverage, after: Coverage): readonly ToolChange[] {
  const all = [...after, ...before.filter((was) => !find(after, was))]
  return all.flatMap(({ server, tool }) => {
    const was = find(before, { server, tool })
    const is = find(after, { server, tool })
    const change = { before: was?.verdict ?? "nothing", after: is?.verdict ?? "nothing" } as const
    if (change.before === change.after) return []
    return [{ server, tool, ...change, guardRails: (is?.policies ?? []).filter(isEverybodys) }]
  })
}

function find(
  coverage: Coverage,
  { server, tool }: Pick<Coverage[number], "server" | "tool">,
): Coverage[number] | undefined {
  return coverage.find((one) => one.server === server && one.tool === tool)
}

function isEverybodys(policy: string): boolean {
  return /^(?:guard|own|offered|tier-|own-tier-)/.test(policy)
}
