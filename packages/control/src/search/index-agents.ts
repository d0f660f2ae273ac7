import { type Agent, effectiveFacts, type Fact, type Id, isJsonObject } from "@tabard/core"
import type { Observation } from "../registry/observation-store.ts"
import type { KnownAgent } from "../risk/known-agent.ts"
import type { Transaction } from "../transaction.ts"
import { searchEntry } from "./search-entry.ts"
import type { SearchEntry } from "./search-store.ts"

/** The stores that indexing agents touches. */
export type IndexAgentStores = Pick<Transaction, "agents" | "observations" | "search" | "users">

/** What is known of an agent that it may be found by. */
type Findable = Pick<KnownAgent, "agent" | "said">

/** The statements that an agent is found by besides its names, in the order in which they tell it from others. */
const TELLING = ["client", "framework", "purpose", "systems"] as const

/** How many folders of a place tell it from others: those above are the same for everybody. */
const FOLDERS = 3

/**
 * Brings the words that agents are found by to what is known of them, in the transaction in which that changed: every name
 * that anybody gives them, owner, client, place and purpose. What was merged into another is found as that other alone.
 */
export async function indexAgents(tx: IndexAgentStores, known: readonly Findable[]): Promise<void> {
  const ids = known.map(({ agent }) => agent.id)
  const merged = await tx.agents.mergedInto(ids)
  const standing = known.filter(({ agent }) => !merged.has(agent.id))
  const seen = Map.groupBy(await tx.observations.of(ids), ({ subject }) => subject)
  const owners = await ownerNames(
    tx,
    standing.map(({ agent }) => agent),
  )
  await tx.search.forget("agent", [...merged.keys()])
  await tx.search.put(
    standing.map((one) => agentEntry(one, seen.get(one.agent.id) ?? [], owners.get(one.agent.owner))),
  )
}

function agentEntry(
  { agent, said }: Findable,
  seen: readonly Observation[],
  owner: string | undefined,
): SearchEntry {
  const facts = effectiveFacts(said)
  const name = textOf(facts.get("name")) ?? "an agent"
  const others = said.filter((fact) => fact.name === "name").flatMap((fact) => textOf(fact) ?? [])
  return searchEntry("agent", agent.id, [
    name,
    ...others,
    owner ?? "",
    ...seen.flatMap(placeWords).slice(0, 2),
    agent.mandate?.purpose ?? "",
    ...TELLING.flatMap((telling) => textsOf(facts.get(telling))),
  ])
}

async function ownerNames(
  { users }: Pick<IndexAgentStores, "users">,
  agents: readonly Agent[],
): Promise<ReadonlyMap<Id<"user"> | null, string>> {
  const names = new Map<Id<"user"> | null, string>()
  for (const owner of new Set(agents.flatMap((agent) => agent.owner ?? []))) {
    const user = await users.find(owner)
    if (user) names.set(owner, user.name)
  }
  return names
}

/** The last folders of where it was seen first: the file in them has the same name everywhere. */
function placeWords({ body }: Observation): readonly string[] {
  const [first] = Array.isArray(body["locations"]) ? body["locations"] : []
  const path = isJsonObject(first) ? first["path"] : undefined
  return typeof path === "string" ? [path.split(/[\\/]/).slice(0, -1).slice(-FOLDERS).join(" ")] : []
}

function textOf(fact: Fact | undefined): string | undefined {
  return typeof fact?.value === "string" ? fact.value : undefined
}

function textsOf(fact: Fact | undefined): readonly string[] {
  const value = fact?.value
  if (Array.isArray(value)) return value.filter((item) => typeof item === "string")
  return typeof value === "string" ? [value] : []
}
