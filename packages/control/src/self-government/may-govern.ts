import { type Id, isId } from "@tabard/core"
import type { GovernmentGraph, GovernmentPath, GovernmentRelation } from "./government-graph.ts"
import type { GovernmentNode } from "./government-node.ts"

/** Whether an act stays apart from whoever does it, or comes back to an agent that has a hand in it. */
export type Separation =
  | { readonly kind: "apart" }
  | {
      readonly kind: "itself"
      /** The agent that would govern itself. */
      readonly agent: Id<"agent">
      /** How it has the hand that acts. */
      readonly hand: GovernmentPath
      /** How the one that is constrained is its own: whom it acts for, or what a hand of it made; none where it is itself. */
      readonly own: GovernmentPath
      /** How what is changed constrains that one. */
      readonly bond: GovernmentPath
    }

/**
 * Answers whether `actor` may change `changed`: no, where an agent has the actor in its hands, and what is changed constrains
 * that agent, one that it acts for or one that was made by a hand of it, in however many steps. What the actor may do at all is asked elsewhere; this only
 * takes away.
 */
export function mayGovern(
  graph: GovernmentGraph,
  actor: GovernmentNode,
  changed: readonly GovernmentNode[],
): Separation {
  for (const [agent, hand] of graph.reaching(actor)) {
    if (!isId("agent", agent)) continue
    const bond = bondOf(graph, agent, changed)
    if (bond) return { kind: "itself", agent, hand, ...bond }
  }
  return { kind: "apart" }
}

/** How an agent has a hand, or another agent, as its own; what it could only bring about is none of these. */
const ITS_OWN: readonly GovernmentRelation[] = [
  "acts-for",
  "changes",
  "holds",
  "is-found-with",
  "is-workflow-of",
  "made",
  "runs-beside",
  "uses",
]

/**
 * Answers an agent, everyone that it acts for, and everyone that was made by a hand that it has, in however many steps: all
 * whose bounds are its bounds.
 */
export function boundTogether(graph: GovernmentGraph, agent: Id<"agent">): readonly Id<"agent">[] {
  return [...ownOf(graph, agent).keys()]
}

/** Answers how each of those is the agent's own. */
function ownOf(graph: GovernmentGraph, agent: Id<"agent">): ReadonlyMap<Id<"agent">, GovernmentPath> {
  const reached = [...graph.reachedFrom(agent, ITS_OWN)]
  return new Map(reached.flatMap(([node, way]) => (isId("agent", node) ? [[node, way] as const] : [])))
}

function bondOf(
  graph: GovernmentGraph,
  agent: Id<"agent">,
  changed: readonly GovernmentNode[],
): { readonly own: GovernmentPath; readonly bond: GovernmentPath } | undefined {
  const bonds = [...ownOf(graph, agent)].flatMap(([bound, own]) => {
    const reaching = graph.reaching(bound)
    return changed.flatMap((node) => {
      const bond = reaching.get(node)
      return bond ? [{ own, bond }] : []
    })
  })
  return bonds.toSorted((a, b) => a.bond.length - b.bond.length || a.own.length - b.own.length)[0]
}
