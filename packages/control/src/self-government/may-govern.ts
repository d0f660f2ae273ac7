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
      /** How what is changed constrains it, or whom it acts for. */
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
    if (bond) return { kind: "itself", agent, hand, bond }
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
  const own = new Set<GovernmentNode>([agent])
  for (const one of own)
    for (const { relation, to } of graph.stepsFrom(one)) if (ITS_OWN.includes(relation)) own.add(to)
  return [...own].filter((node) => isId("agent", node))
}

function bondOf(
  graph: GovernmentGraph,
  agent: Id<"agent">,
  changed: readonly GovernmentNode[],
): GovernmentPath | undefined {
  const bonds = boundTogether(graph, agent).flatMap((bound) => {
    const reaching = graph.reaching(bound)
    return changed.flatMap((node) => {
      const path = reaching.get(node)
      return path ? [path] : []
    })
  })
  return bonds.toSorted((a, b) => a.length - b.length)[0]
}
