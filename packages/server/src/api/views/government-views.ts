import type { GovernmentKind, GovernmentNodeView, GovernmentView, ReachView } from "@tabard/api"
import {
  type Government,
  type GovernmentNode,
  isGoverningPlace,
  pathInWords,
  type Reach,
  type Transaction,
  wordsFor,
} from "@tabard/control"
import { type Id, isId } from "@tabard/core"
import { namesOf } from "./names.ts"

type Reads = Pick<Transaction, "apiTokens" | "facts" | "observations" | "servers" | "teams" | "users">

type NodeName = (node: GovernmentNode) => string | undefined

/** Shows who and what can change what constrains an agent, with today's names. */
export async function governmentView(
  tx: Reads,
  agent: Id<"agent">,
  { governors, itself }: Government,
): Promise<GovernmentView> {
  const nameOf = await nodeNames(tx, [agent, ...governors.map(({ node }) => node)])
  return {
    governors: governors.map(({ node, path }) => ({
      ...nodeView(node, nameOf),
      path: pathInWords(path, nameOf),
    })),
    itself: itself.map((path) => pathInWords(path, nameOf)),
  }
}

/** Shows what is declared to be in whose hands. */
export async function reachViews(tx: Reads, reaches: readonly Reach[]): Promise<readonly ReachView[]> {
  const nameOf = await nodeNames(
    tx,
    reaches.flatMap(({ holder, to }) => [holder, to]),
  )
  const people = await namesOf(tx, { people: reaches.map(({ declaredBy }) => declaredBy) })
  return reaches.map(({ id, holder, to, declaredBy, declaredAt }) => ({
    id,
    holder: nodeView(holder, nameOf),
    to: nodeView(to, nameOf),
    declaredBy: people.person(declaredBy),
    declaredAt: declaredAt.toISOString(),
  }))
}

function nodeView(node: GovernmentNode, nameOf: NodeName): GovernmentNodeView {
  if (isGoverningPlace(node)) return { kind: node, id: null, name: wordsFor(node) }
  return { kind: kindOf(node), id: node, name: wordsFor(node, nameOf) }
}

function kindOf(node: GovernmentNode): GovernmentKind {
  if (isId("agent", node)) return "agent"
  if (isId("apiToken", node)) return "apiToken"
  if (isId("server", node)) return "server"
  if (isId("team", node)) return "team"
  return isId("user", node) ? "person" : "commandLine"
}

async function nodeNames(tx: Reads, nodes: readonly GovernmentNode[]): Promise<NodeName> {
  const agents = nodes.filter((node) => isId("agent", node))
  const people = nodes.filter((node) => isId("user", node))
  const names = await namesOf(tx, { agents, people })
  const tokens = await tx.apiTokens.of(nodes.filter((node) => isId("apiToken", node)))
  const named = new Map<string, string>([
    ...agents.map((id) => [id, names.agent(id).name] as const),
    ...people.map((id) => [id, names.person(id).name] as const),
    ...tokens.map(({ id, purpose }) => [id, `the API token “${purpose}”`] as const),
    ...(await placeNames(tx, nodes)),
  ])
  return (node) => named.get(node)
}

async function placeNames(
  tx: Reads,
  nodes: readonly GovernmentNode[],
): Promise<readonly (readonly [string, string])[]> {
  const ids = nodes.filter((node) => isId("server", node))
  const servers = [...(await tx.servers.findAll(ids)), ...(await tx.observations.findServers(ids))]
  const wanted = new Set(nodes.filter((node) => isId("team", node)))
  const teams = wanted.size > 0 ? (await tx.teams.list()).filter(({ id }) => wanted.has(id)) : []
  return [
    ...servers.map(({ id, name }) => [id, `the server ${name}`] as const),
    ...teams.map(({ id, name }) => [id, `the team ${name}`] as const),
  ]
}
