import { delegates, type Id, isId } from "@tabard/core"
import type { GovernmentEdge } from "./government-graph.ts"
import type { GovernmentNode } from "./government-node.ts"
import { type GovernmentReads, Predecessors } from "./predecessors.ts"

/** The most permissions to delegate that are read of one agent. */
const MOST = 1000

/** Reads everything that has one of these in its hands, in however many steps: the steps that lead there. */
export async function gatherReaching(
  tx: GovernmentReads,
  ends: readonly GovernmentNode[],
  now: Date,
): Promise<readonly GovernmentEdge[]> {
  const predecessors = new Predecessors(tx, now)
  const seen = new Set(ends)
  const edges: GovernmentEdge[] = []
  for (const node of seen) {
    for (const edge of await predecessors.of(node)) {
      edges.push(edge)
      seen.add(edge.from)
    }
  }
  return edges
}

/** Reads whom these agents act for, in however many steps: their bounds are theirs as well. */
export async function gatherActedFor(
  { delegations }: Pick<GovernmentReads, "delegations">,
  agents: readonly Id<"agent">[],
  now: Date,
): Promise<readonly GovernmentEdge[]> {
  const seen = new Set(agents)
  const edges: GovernmentEdge[] = []
  for (const agent of seen) {
    const given = await delegations.list({ agent, limit: MOST })
    for (const delegation of given) {
      if (delegation.to !== agent || !delegates(delegation, now)) continue
      edges.push({ from: agent, relation: "acts-for", to: delegation.from })
      seen.add(delegation.from)
    }
  }
  return edges
}

/** Answers the agents among what the steps begin at. */
export function agentsAmong(edges: readonly GovernmentEdge[]): readonly Id<"agent">[] {
  return [...new Set(edges.map(({ from }) => from).filter((node) => isId("agent", node)))]
}
