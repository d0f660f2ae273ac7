import { type Id, isId } from "@tabard/core"
import { gatherActedFor, gatherReaching } from "./gather-reaching.ts"
import { GovernmentGraph, type GovernmentPath } from "./government-graph.ts"
import type { GovernmentNode } from "./government-node.ts"
import type { GovernmentReads } from "./predecessors.ts"

/** Something that can change what constrains an agent, and how. */
export interface Governor {
  readonly node: GovernmentNode
  readonly path: GovernmentPath
}

/** Who and what can change what constrains an agent, or one that it acts for. */
export interface Government {
  readonly governors: readonly Governor[]
  /** How the agent itself could, were it not refused: a way to itself for each hand that it has; none where it is apart. */
  readonly itself: readonly GovernmentPath[]
}

/** Answers who and what can change what constrains an agent, each by the shortest way, the nearest first. */
export async function governorsOf(tx: GovernmentReads, agent: Id<"agent">, now: Date): Promise<Government> {
  const actedFor = await gatherActedFor(tx, [agent], now)
  const acting = new GovernmentGraph(actedFor).reachedFrom(agent)
  const bound = [...acting.keys()].filter((node) => isId("agent", node))
  const edges = await gatherReaching(tx, bound, now)
  const graph = new GovernmentGraph([...actedFor, ...edges])
  const ways = new Map<GovernmentNode, GovernmentPath>()
  for (const one of bound)
    for (const [node, path] of graph.reaching(one)) {
      const known = ways.get(node)
      if (!known || path.length < known.length) ways.set(node, path)
    }
  const governors = [...ways]
    .filter(([node, path]) => node !== agent && path.length > 0)
    .map(([node, path]) => ({ node, path }))
    .toSorted((a, b) => a.path.length - b.path.length || (a.node < b.node ? -1 : 1))
  return { governors, itself: itselfIn(graph, acting, ways) }
}

/** Answers whether a way ends at what was made: that is in its maker's hands, and changes nothing of its maker's bounds. */
export function isMaking(path: GovernmentPath): boolean {
  return path.at(-1)?.relation === "made"
}

/** To act for another is no way to change what binds it: what counts is a hand besides, its own or of whom it acts for. */
function itselfIn(
  graph: GovernmentGraph,
  acting: ReadonlyMap<GovernmentNode, GovernmentPath>,
  ways: ReadonlyMap<GovernmentNode, GovernmentPath>,
): readonly GovernmentPath[] {
  return [...acting].flatMap(([bound, led]) =>
    graph.edges
      .filter(({ from, relation }) => from === bound && relation !== "acts-for")
      .flatMap((edge) => {
        const rest = ways.get(edge.to)
        return rest && !isMaking(rest) ? [[...led, edge, ...rest]] : []
      }),
  )
}
