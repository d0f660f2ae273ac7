import { Graph, layout } from "@dagrejs/dagre"
import type { AccessGraph, AccessNode } from "./access-graph.ts"

/** How wide every box is, in pixels. */
export const BOX_WIDTH = 212

const LINES_HEIGHT = 56
const CONCERN_HEIGHT = 18
const BETWEEN_ROWS = 12
const COLUMNS = 3
const GAP_MIN = 40
const GAP_MAX = 168

/** A box with its place. */
export interface PlacedNode extends AccessNode {
  readonly x: number
  readonly y: number
  readonly height: number
}

/** A graph in which every box has its place, and how much room it takes. */
export interface PlacedGraph {
  readonly nodes: readonly PlacedNode[]
  readonly edges: AccessGraph["edges"]
  readonly width: number
  readonly height: number
}

/** Places the boxes in three columns, left to right over `width`, with as few crossings as can be. */
export function layOut({ nodes, edges }: AccessGraph, width: number): PlacedGraph {
  const gap = (width - COLUMNS * BOX_WIDTH) / (COLUMNS - 1)
  const graph = new Graph()
  graph.setGraph({ rankdir: "LR", nodesep: BETWEEN_ROWS, ranksep: Math.min(GAP_MAX, Math.max(GAP_MIN, gap)) })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const node of nodes) graph.setNode(node.id, { width: BOX_WIDTH, height: heightOf(node) })
  for (const { from, to } of edges) graph.setEdge(from, to)
  layout(graph)
  const placed = nodes.map((node) => placedAt(node, graph.node(node.id)))
  return {
    nodes: placed,
    edges,
    width: Math.max(...placed.map(({ x }) => x)) + BOX_WIDTH,
    height: Math.max(...placed.map(({ y, height }) => y + height)),
  }
}

function heightOf({ concern }: AccessNode): number {
  return LINES_HEIGHT + (concern === null ? 0 : CONCERN_HEIGHT)
}

function placedAt(node: AccessNode, { x = 0, y = 0 }: { x?: number; y?: number }): PlacedNode {
  const height = heightOf(node)
  return { ...node, x: x - BOX_WIDTH / 2, y: y - height / 2, height }
}
