import type { AgentSummary } from "@tabard/api"
import type { Transaction } from "@tabard/control"
import {
  type Agent,
  AUTONOMY_LEVELS,
  type AutonomyLevel,
  CATEGORIES,
  type Category,
  effectiveFacts,
  type Fact,
} from "@tabard/core"
import { agentName, type Names, namesOf } from "./names.ts"
import { riskSummaries } from "./risk-views.ts"
import { placeOf } from "./seen-places.ts"

type Reads = Pick<Transaction, "facts" | "observations" | "risks" | "users">

/** Shows agents as rows of the inventory, with as many questions to the store for a thousand as for one. */
export async function agentSummaries(tx: Reads, agents: readonly Agent[]): Promise<readonly AgentSummary[]> {
  const ids = agents.map(({ id }) => id)
  const names = await namesOf(tx, [])
  const facts = Map.groupBy(await tx.facts.of(ids), ({ subject }) => subject)
  const links = await tx.observations.linksOf(ids)
  const seen = Map.groupBy(await tx.observations.of(ids), ({ subject }) => subject)
  const risks = await riskSummaries(tx, agents)
  const lastSeen = await tx.observations.lastSeen(ids)
  const held = [...new Set([...links.values()].flatMap(({ credentials }) => credentials))]
  const plaintext = new Set(
    (await tx.observations.findCredentials(held))
      .filter(({ storedAs }) => storedAs === "plaintext")
      .map(({ id }) => id),
  )
  return agents.map((agent) => {
    const uses = links.get(agent.id) ?? { servers: [], credentials: [] }
    return {
      ...standingOf(agent, names),
      ...describedBy(facts.get(agent.id) ?? []),
      risk: risks.get(agent.id) ?? null,
      servers: uses.servers.length,
      credentials: uses.credentials.length,
      plaintextCredentials: uses.credentials.filter((id) => plaintext.has(id)).length,
      place: placeOf(seen.get(agent.id) ?? []),
      lastSeen: lastSeen.get(agent.id)?.toISOString() ?? null,
    }
  })
}

function standingOf(
  { id, state, owner, mandate }: Agent,
  names: Names,
): Pick<AgentSummary, "id" | "state" | "owner" | "tier" | "purpose" | "expiresAt"> {
  return {
    id,
    state,
    owner: owner && names.person(owner),
    tier: mandate?.tier ?? null,
    purpose: mandate?.purpose ?? null,
    expiresAt: mandate?.expiresAt.toISOString() ?? null,
  }
}

function describedBy(
  facts: readonly Fact[],
): Pick<AgentSummary, "name" | "category" | "client" | "autonomy"> {
  const effective = effectiveFacts(facts)
  const client = effective.get("client")?.value
  return {
    name: agentName(facts),
    category: categoryOf(effective),
    client: typeof client === "string" ? client : null,
    autonomy: oneOf<AutonomyLevel>(AUTONOMY_LEVELS, effective.get("autonomy")?.value) ?? "not_stated",
  }
}

/** Answers the category that holds; where nobody said, the one that is watched most closely. */
export function categoryOf(effective: ReadonlyMap<string, Fact>): Category {
  return oneOf<Category>(CATEGORIES, effective.get("category")?.value) ?? "production"
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
  return words.find((word) => word === value)
}
