import { type Fact, type Id, type Json, newId } from "@tabard/core"
import type { SeenAgent } from "@tabard/scan"
import { recordEvent } from "../audit/event.ts"
import { observe } from "./observe.ts"
import type { ScanStores, Sight } from "./sight.ts"

/** What a scan saw besides agents, by its keys. */
interface Surroundings {
  readonly servers: ReadonlyMap<string, Id<"server">>
  readonly credentials: ReadonlyMap<string, Id<"credential">>
}

/** The agents of a scan: all that it saw, and those among them that were not known. */
interface ReconciledAgents {
  readonly seen: readonly Id<"agent">[]
  readonly discovered: readonly Id<"agent">[]
}

/** Brings each seen agent into the inventory, as discovered where it was not known; answers all and the new ones. */
export async function reconcileAgents(
  tx: ScanStores,
  sight: Sight,
  agents: readonly SeenAgent[],
  surroundings: Surroundings,
): Promise<ReconciledAgents> {
  const seen: Id<"agent">[] = []
  const discovered: Id<"agent">[] = []
  for (const agent of agents) {
    const { id, known } = await observe(tx, sight, {
      kind: "agent",
      key: agent.key,
      body: bodyOf(agent),
      make: () => newId("agent", sight.clock),
    })
    seen.push(id)
    if (!known) {
      await discover(tx, sight, id, agent)
      discovered.push(id)
    }
    for (const fact of factsOf(id, sight, agent)) await tx.facts.put(fact)
    await tx.observations.link(id, {
      servers: idsOf(agent.mcpServers, surroundings.servers),
      credentials: idsOf(agent.credentials, surroundings.credentials),
    })
  }
  return { seen, discovered }
}

async function discover(tx: ScanStores, sight: Sight, id: Id<"agent">, seen: SeenAgent): Promise<void> {
  await tx.agents.insert({ id, state: "discovered", owner: null, mandate: null, createdAt: sight.at })
  await recordEvent(sight, tx.outbox, {
    type: "agent.discovered",
    actor: { kind: "system", id: sight.reporter },
    agent: id,
    data: { name: nameOf(seen), category: seen.category, client: seen.client, confidence: seen.confidence },
  })
}

/** What was seen is a statement beside others, never a correction of what a person said. */
function factsOf(subject: Id<"agent">, { reporter, at }: Sight, seen: SeenAgent): readonly Fact[] {
  const values: Readonly<Record<string, Json>> = {
    name: nameOf(seen),
    category: seen.category,
    client: seen.client,
    framework: seen.framework,
    autonomy: seen.autonomy.level,
    autonomySettings: seen.autonomy.effective.map((setting) => ({ ...setting })),
  }
  return Object.entries(values).map(([name, value]) => ({
    subject,
    name,
    kind: "observed",
    source: reporter,
    value,
    at,
  }))
}

function nameOf(seen: SeenAgent): string {
  return seen.name ?? seen.client ?? seen.framework ?? "unnamed agent"
}

function bodyOf(seen: SeenAgent): Readonly<Record<string, Json>> {
  return {
    ...seen,
    locations: seen.locations.map((place) => ({ ...place })),
    evidence: seen.evidence.map((piece) => ({ ...piece })),
    autonomy: {
      level: seen.autonomy.level,
      effective: seen.autonomy.effective.map((setting) => ({ ...setting })),
    },
  }
}

function idsOf<T>(keys: readonly string[], ids: ReadonlyMap<string, T>): readonly T[] {
  return [...new Set(keys)].flatMap((key) => ids.get(key) ?? [])
}
