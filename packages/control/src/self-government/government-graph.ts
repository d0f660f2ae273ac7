import type { GovernmentNode } from "./government-node.ts"

/** How one thing can act as another, or change it. */
export const GOVERNMENT_RELATIONS = [
  "acts-for",
  "administers",
  "answers-for",
  "belongs-to",
  "changes",
  "constrains",
  "helps-with",
  "holds",
  "is-found-with",
  "is-workflow-of",
  "keeps",
  "made",
  "names",
  "owns",
  "runs-beside",
  "signs-in",
  "states-facts-of",
  "uses",
] as const

/** One of those. */
export type GovernmentRelation = (typeof GOVERNMENT_RELATIONS)[number]

/** Whoever has `from` in their hands has `to` as well. */
export interface GovernmentEdge {
  readonly from: GovernmentNode
  readonly relation: GovernmentRelation
  readonly to: GovernmentNode
}

/** A way from one thing to another, each step beginning where the one before ended; none where both are the same. */
export type GovernmentPath = readonly GovernmentEdge[]

/** What can act as or change what, as far as it is known. It only ever grows: another edge never takes a way away. */
export class GovernmentGraph {
  readonly edges: readonly GovernmentEdge[]
  readonly #from: ReadonlyMap<GovernmentNode, readonly GovernmentEdge[]>
  readonly #to: ReadonlyMap<GovernmentNode, readonly GovernmentEdge[]>

  constructor(edges: readonly GovernmentEdge[]) {
    this.edges = edges
    this.#from = Map.groupBy(edges, ({ from }) => from)
    this.#to = Map.groupBy(edges, ({ to }) => to)
  }

  /** Answers the steps that lead on from a thing. */
  stepsFrom(node: GovernmentNode): readonly GovernmentEdge[] {
    return this.#from.get(node) ?? []
  }

  /** Answers the shortest way to each thing that `from` has in its hands, itself with none; by these relations alone, if any. */
  reachedFrom(
    from: GovernmentNode,
    by: readonly GovernmentRelation[] = GOVERNMENT_RELATIONS,
  ): ReadonlyMap<GovernmentNode, GovernmentPath> {
    return waysFrom(from, (node) =>
      this.stepsFrom(node)
        .filter(({ relation }) => by.includes(relation))
        .map((edge) => ({ edge, next: edge.to })),
    )
  }

  /** Answers the shortest way from each thing that has `to` in its hands, itself with none. */
  reaching(to: GovernmentNode): ReadonlyMap<GovernmentNode, GovernmentPath> {
    const back = waysFrom(to, (node) => (this.#to.get(node) ?? []).map((edge) => ({ edge, next: edge.from })))
    return new Map([...back].map(([node, path]) => [node, path.toReversed()]))
  }
}

interface Step {
  readonly edge: GovernmentEdge
  readonly next: GovernmentNode
}

/** Breadth first, so that the way that is told is a shortest one. */
function waysFrom(
  start: GovernmentNode,
  stepsOf: (node: GovernmentNode) => readonly Step[],
): ReadonlyMap<GovernmentNode, GovernmentPath> {
  const ways = new Map<GovernmentNode, GovernmentPath>([[start, []]])
  for (const [node, way] of ways) {
    for (const { edge, next } of stepsOf(node)) if (!ways.has(next)) ways.set(next, [...way, edge])
  }
  return ways
}
