import {
  type Agent,
  type Credential,
  effectiveFacts,
  type Fact,
  type Id,
  type ObservedServer,
} from "@tabard/core"
import type { RiskKnowledge } from "@tabard/scan"
import type { Transaction } from "../transaction.ts"

/** What the inventory knows of an agent today. */
export interface KnownAgent extends RiskKnowledge {
  readonly agent: Agent
  readonly facts: ReadonlyMap<string, Fact>
  /** Every statement about it, also those that do not hold. */
  readonly said: readonly Fact[]
  readonly servers: readonly ObservedServer[]
  readonly credentials: readonly Credential[]
}

/** The stores that an agent's facts lie in. */
export type RiskReads = Pick<Transaction, "facts" | "observations" | "policies" | "users">

/** Reads what is known of each of the agents. */
export async function knownAgents(tx: RiskReads, agents: readonly Agent[]): Promise<readonly KnownAgent[]> {
  const ids = agents.map(({ id }) => id)
  const facts = Map.groupBy(await tx.facts.of(ids), ({ subject }) => subject)
  const lastSeen = await tx.observations.lastSeen(ids)
  const links = await tx.observations.linksOf(ids)
  const all = [...links.values()]
  const used = new Set(all.flatMap((uses) => uses.servers))
  const held = new Set(all.flatMap((uses) => uses.credentials))
  const servers = byId(await tx.observations.findServers([...used]))
  const credentials = byId(await tx.observations.findCredentials([...held]))
  const bounded = await withManifest(tx, agents)
  const active = await activeOwners(tx, agents)
  return agents.map((agent) => ({
    agent,
    standing: active.has(agent.owner) ? agent : { ...agent, owner: null },
    facts: effectiveFacts(facts.get(agent.id) ?? []),
    said: facts.get(agent.id) ?? [],
    servers: (links.get(agent.id)?.servers ?? []).flatMap((id) => servers.get(id) ?? []),
    credentials: (links.get(agent.id)?.credentials ?? []).flatMap((id) => credentials.get(id) ?? []),
    hasManifest: bounded.has(agent.id),
    seen: lastSeen.has(agent.id),
  }))
}

/** Who has left answers for nothing: their agents are scored as nobody's. */
async function activeOwners(
  { users }: RiskReads,
  agents: readonly Agent[],
): Promise<ReadonlySet<Agent["owner"]>> {
  const owners = new Set(agents.flatMap(({ owner }) => owner ?? []))
  return new Set((await users.findAll([...owners])).filter(({ active }) => active).map(({ id }) => id))
}

/** Only what was adopted can have a manifest, so a scan that finds thousands asks about few. */
async function withManifest(
  { policies }: RiskReads,
  agents: readonly Agent[],
): Promise<ReadonlySet<Id<"agent">>> {
  const bounded = new Set<Id<"agent">>()
  for (const { id, mandate } of agents) if (mandate && (await policies.current("intent", id))) bounded.add(id)
  return bounded
}

function byId<Thing extends { readonly id: string }>(things: readonly Thing[]): ReadonlyMap<string, Thing> {
  return new Map(things.map((thing) => [thing.id, thing]))
}
