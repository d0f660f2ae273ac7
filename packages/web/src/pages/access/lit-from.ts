import type { AccessEdge } from "./access-graph.ts"

/** Answers every box on a way through `start`: what leads to it, and what it leads to. */
export function litFrom(start: string, edges: readonly AccessEdge[]): ReadonlySet<string> {
  const behind = follow(start, (at) => edges.filter(({ to }) => to === at).map(({ from }) => from))
  const ahead = follow(start, (at) => edges.filter(({ from }) => from === at).map(({ to }) => to))
  return new Set([...behind, ...ahead])
}

function follow(start: string, next: (at: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set([start])
  for (const at of seen) for (const found of next(at)) seen.add(found)
  return seen
}
