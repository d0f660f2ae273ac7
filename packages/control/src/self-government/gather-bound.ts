import { type Id, isId } from "@tabard/core"
import { agentsAmong, gatherActedFor } from "./gather-reaching.ts"
import { type GovernmentEdge, GovernmentGraph } from "./government-graph.ts"
import { type GovernmentNode, personAt } from "./government-node.ts"
import { boundTogether } from "./may-govern.ts"
import { type GovernmentReads, Predecessors } from "./predecessors.ts"

/** The most agents that are looked at as bound together; whoever has more in its hands is kept from all. */
export const MOST_BOUND = 200

/** Reads by which steps the bounds of other agents are these agents' as well: whom they act for, and what their hands made. */
export async function gatherBound(
  tx: GovernmentReads,
  agents: readonly Id<"agent">[],
  now: Date,
): Promise<readonly GovernmentEdge[]> {
  let bound = agents
  for (;;) {
    const edges = [...(await gatherActedFor(tx, bound, now)), ...(await gatherMade(tx, bound, now))]
    const graph = new GovernmentGraph(edges)
    const all = [...new Set(bound.flatMap((agent) => boundTogether(graph, agent)))]
    if (all.length === bound.length || all.length > MOST_BOUND) return edges
    bound = all
  }
}

/** Answers the agents that have something as their own: what lies behind another agent is that one's. */
export async function agentsHaving(
  tx: GovernmentReads,
  node: GovernmentNode,
  now: Date,
): Promise<readonly Id<"agent">[]> {
  return isId("agent", node) ? [node] : agentsAmong(await gatherHands(tx, [node], now))
}

async function gatherMade(
  tx: GovernmentReads,
  agents: readonly Id<"agent">[],
  now: Date,
): Promise<readonly GovernmentEdge[]> {
  const makers = await tx.reaches.makers()
  if (makers.length === 0) return []
  const owners = new Set((await tx.agents.findAll(agents)).map(({ owner }) => owner))
  // Only its owner's own agents run beside a person's command line.
  const near = makers.filter((hand) => owners.has(personAt(hand) ?? null) || personAt(hand) === undefined)
  const hands = await gatherHands(tx, near, now)
  const reached = reachedFrom(hands, agents)
  const made = await tx.reaches.of(makers.filter((hand) => reached.has(hand)))
  return [
    ...hands,
    ...made.flatMap(({ holder, to }) =>
      isId("agent", to) ? [{ from: holder, relation: "made", to } as const] : [],
    ),
  ]
}

async function gatherHands(
  tx: GovernmentReads,
  hands: readonly GovernmentNode[],
  now: Date,
): Promise<readonly GovernmentEdge[]> {
  const predecessors = new Predecessors(tx, now)
  const seen = new Set(hands)
  const edges: GovernmentEdge[] = []
  for (const node of seen) {
    if (isId("agent", node)) continue
    for (const edge of await predecessors.of(node)) {
      edges.push(edge)
      seen.add(edge.from)
    }
  }
  return edges
}

function reachedFrom(
  edges: readonly GovernmentEdge[],
  agents: readonly Id<"agent">[],
): ReadonlySet<GovernmentNode> {
  const graph = new GovernmentGraph(edges)
  return new Set(agents.flatMap((agent) => [...graph.reachedFrom(agent).keys()]))
}
