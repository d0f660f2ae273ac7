import type { Agent } from "@tabard/core"
import { comparePolicies, type PolicyChanges, policyMeaning } from "@tabard/policy"
import type { AgentStanding } from "./agent-standing.ts"
import type { AgentPlan, PlannedFinding, ToolChange } from "./manifest-plan.ts"
import { changeOf } from "./plan-documents.ts"

/** Answers what became otherwise of an agent, whom that concerns aside. */
export function compareStanding(
  { id }: Pick<Agent, "id">,
  before: AgentStanding,
  after: AgentStanding,
): Omit<AgentPlan, "concerned"> {
  const byHand = comparePolicies(before.byHand?.policies ?? [], after.byHand?.policies ?? [])
  const says = { adds: without(after.stated, before.stated), takesAway: without(before.stated, after.stated) }
  const gives = givenOtherwise(before, after)
  const isOther = [says, gives].some(({ adds, takesAway }) => adds.length + takesAway.length > 0)
  return {
    agent: id,
    change: changeOfManifest(before, after, isOther),
    byHand: changeByHand(before, after, byHand),
    version: before.version,
    adds: [...says.adds, ...gives.adds, ...byHand.adds],
    takesAway: [...says.takesAway, ...gives.takesAway, ...byHand.takesAway],
    tools: toolChanges(before.coverage, after.coverage),
    policies: after.policies,
    risk: { before: before.risk, after: after.risk },
    opens: findingsWithout(after.findings, before.findings),
    resolves: findingsWithout(before.findings, after.findings),
  }
}

/** A manifest whose policies and limits come to the same gives the same, however it says so. */
function givenOtherwise(before: AgentStanding, after: AgentStanding): PolicyChanges {
  if (meaningOf(before) === meaningOf(after)) return { adds: [], takesAway: [] }
  return { adds: without(after.gives, before.gives), takesAway: without(before.gives, after.gives) }
}

function meaningOf({ policies, budgets }: AgentStanding): string {
  return JSON.stringify([policies.map(policyMeaning).toSorted(), budgets])
}

function changeOfManifest(
  before: AgentStanding,
  after: AgentStanding,
  isOther: boolean,
): AgentPlan["change"] {
  if (before.source === null) return "first"
  if (before.source === after.source && before.version === after.version) return "same"
  return isOther || meaningOf(before) !== meaningOf(after) ? "changed" : "reworded"
}

function changeByHand(
  before: AgentStanding,
  after: AgentStanding,
  { adds, takesAway }: PolicyChanges,
): AgentPlan["byHand"] {
  const isOther = adds.length + takesAway.length > 0
  const change = changeOf(before.byHand, after.byHand, isOther)
  const isNone = change === "same" && (before.byHand?.source ?? "").trim() === ""
  return { change: isNone ? "none" : change, version: before.byHand?.version ?? null }
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

/** Answers every tool on which the agent's policies come to something else, or on which guard-rails speak that did not. */
export function toolChanges(before: Coverage, after: Coverage): readonly ToolChange[] {
  const all = [...after, ...before.filter((was) => !find(after, was))]
  return all.flatMap(({ server, tool }) => {
    const was = find(before, { server, tool })
    const is = find(after, { server, tool })
    const change = { before: was?.verdict ?? "nothing", after: is?.verdict ?? "nothing" } as const
    const speaking = everybodysIn(is)
    if (change.before !== change.after) return [{ server, tool, ...change, guardRails: speaking }]
    const anew = without(speaking, everybodysIn(was))
    return anew.length > 0 ? [{ server, tool, ...change, guardRails: anew }] : []
  })
}

function everybodysIn(covered: Coverage[number] | undefined): readonly string[] {
  return (covered?.policies ?? []).filter(isEverybodys)
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
