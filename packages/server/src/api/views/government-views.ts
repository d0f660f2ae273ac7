import type { GovernmentKind, GovernmentNodeView, GovernmentView, ReachView } from "@tabard/api"
import {
  type Government,
  type GovernmentNode,
  isGoverningPlace,
  keptKindOf,
  type NameOf,
  type NamingReads,
  nodeNames,
  pathInWords,
  type Reach,
  wordsFor,
} from "@tabard/control"
import { type Id, isId } from "@tabard/core"
import { namesOf } from "./names.ts"

/** Shows who and what can change what constrains an agent, with today's names. */
export async function governmentView(
  tx: NamingReads,
  agent: Id<"agent">,
  { governors, itself }: Government,
): Promise<GovernmentView> {
  const acting = governors.flatMap(({ path }) => path.map(({ to }) => to))
  const nameOf = await nodeNames(tx, [agent, ...acting, ...governors.map(({ node }) => node)])
  return {
    governors: governors.map(({ node, path }) => ({
      ...nodeView(node, nameOf),
      path: pathInWords(path, nameOf),
    })),
    itself: itself.map((path) => pathInWords(path, nameOf)),
  }
}

/** Shows what is declared to be in whose hands. */
export async function reachViews(tx: NamingReads, reaches: readonly Reach[]): Promise<readonly ReachView[]> {
  const ends = reaches.flatMap(({ holder, to }) => [holder, to])
  const nameOf = await nodeNames(tx, ends)
  const people = await namesOf(tx, { people: reaches.map(({ declaredBy }) => declaredBy) })
  return reaches.map(({ id, holder, to, declaredBy, declaredAt }) => ({
    id,
    holder: nodeView(holder, nameOf),
    to: nodeView(to, nameOf),
    declaredBy: people.person(declaredBy),
    declaredAt: declaredAt.toISOString(),
  }))
}

function nodeView(node: GovernmentNode, nameOf: NameOf): GovernmentNodeView {
  if (isGoverningPlace(node)) return { kind: node, id: null, name: wordsFor(node) }
  const kept = keptKindOf(node)
  if (kept) return { kind: kept, id: node, name: wordsFor(node) }
  return { kind: kindOf(node), id: node, name: wordsFor(node, nameOf) }
}

function kindOf(node: GovernmentNode): GovernmentKind {
  if (isId("agent", node)) return "agent"
  if (isId("apiToken", node)) return "apiToken"
  if (isId("server", node)) return "server"
  if (isId("team", node)) return "team"
  return isId("user", node) ? "person" : "commandLine"
}
