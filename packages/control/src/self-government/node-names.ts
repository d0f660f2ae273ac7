import { effectiveFacts, isId } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import { type GovernmentNode, personAt } from "./government-node.ts"
import type { NameOf } from "./path-in-words.ts"

/** The stores that say what things are called. */
export type NamingReads = Pick<
  Transaction,
  "apiTokens" | "facts" | "observations" | "servers" | "teams" | "users"
>

type Named = readonly (readonly [string, string])[]

/** Reads what these are called today, as a sentence has it: "the API token “Nightly”". */
export async function nodeNames(tx: NamingReads, nodes: readonly GovernmentNode[]): Promise<NameOf> {
  const named = new Map<string, string>([
    ...(await agentNames(tx, nodes)),
    ...(await personNames(tx, nodes)),
    ...(await tokenNames(tx, nodes)),
    ...(await serverNames(tx, nodes)),
    ...(await teamNames(tx, nodes)),
  ])
  return (node) => named.get(node)
}

async function agentNames({ facts }: NamingReads, nodes: readonly GovernmentNode[]): Promise<Named> {
  const own = await facts.of(nodes.filter((node) => isId("agent", node)))
  return [...Map.groupBy(own, ({ subject }) => subject)].flatMap(([id, said]) => {
    const name = effectiveFacts(said).get("name")?.value
    return typeof name === "string" ? [[id, name] as const] : []
  })
}

async function personNames({ users }: NamingReads, nodes: readonly GovernmentNode[]): Promise<Named> {
  const people = nodes.map((node) => personAt(node) ?? node).filter((node) => isId("user", node))
  const found = await users.findAll(people)
  return found.map(({ id, name }) => [id, name] as const)
}

async function tokenNames({ apiTokens }: NamingReads, nodes: readonly GovernmentNode[]): Promise<Named> {
  const found = await apiTokens.of(nodes.filter((node) => isId("apiToken", node)))
  return found.map(({ id, purpose }) => [id, `the API token “${purpose}”`] as const)
}

async function serverNames(tx: NamingReads, nodes: readonly GovernmentNode[]): Promise<Named> {
  const ids = nodes.filter((node) => isId("server", node))
  const found = [...(await tx.observations.findServers(ids)), ...(await tx.servers.findAll(ids))]
  return found.map(({ id, name }) => [id, `the server ${name}`] as const)
}

async function teamNames({ teams }: NamingReads, nodes: readonly GovernmentNode[]): Promise<Named> {
  const wanted = new Set(nodes.filter((node) => isId("team", node)))
  const found = wanted.size > 0 ? (await teams.list()).filter(({ id }) => wanted.has(id)) : []
  return found.map(({ id, name }) => [id, `the team ${name}`] as const)
}
