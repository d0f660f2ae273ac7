import type { Id, JsonObject } from "@tabard/core"
import type { SeenAgent } from "@tabard/scan"
import type { AuditEvent } from "../audit/event/audit-event.ts"
import { recordEvents } from "../audit/event/record-event.ts"
import { reassessAgents } from "../findings/reassess-agents.ts"
import { observedFacts } from "./observed-facts.ts"
import { plainName } from "./plain-name.ts"
import { countChanges, type Recognised, recognise } from "./recognise.ts"
import { restateAgents } from "./restate-agents.ts"
import type { ScanStores, Sight } from "./sight.ts"

/** What a scan saw besides agents, by its keys. */
export interface Surroundings {
  readonly servers: ReadonlyMap<string, Id<"server">>
  readonly credentials: ReadonlyMap<string, Id<"credential">>
}

/** A seen agent, what is kept of its sighting, and which of the things that it names the scan saw. */
interface Thing {
  readonly key: string
  readonly body: JsonObject
  readonly servers: readonly Id<"server">[]
  readonly credentials: readonly Id<"credential">[]
  readonly links: readonly string[]
}

type Found = Recognised<"agent", Thing>

/** What one portion of agents brought: the new ones, and how many changed, the new ones among them. */
export interface ReconciledAgents {
  readonly discovered: readonly Id<"agent">[]
  readonly changes: number
}

/** Brings seen agents into the inventory, as discovered where they were not known. */
export async function reconcileAgents(
  tx: ScanStores,
  sight: Sight,
  agents: readonly SeenAgent[],
  surroundings: Surroundings,
): Promise<ReconciledAgents> {
  const found = await recognise(
    tx,
    sight,
    "agent",
    agents.map((agent) => thingOf(agent, surroundings)),
  )
  const discovered = found.filter(({ news }) => news === "new")
  await tx.agents.insertAll(
    discovered.map(({ id }) => ({
      id,
      state: "discovered",
      owner: null,
      mandate: null,
      createdAt: sight.at,
    })),
  )
  await tx.observations.link(
    sight.by.name,
    found.filter(({ news }) => news !== "same").map(({ thing }) => thing),
  )
  await tx.facts.putAll(discovered.flatMap((one) => firstFacts(one, sight)))

  const fresh = discovered.map(({ id }) => id)
  const changed = [...new Set(found.filter(isOtherwise).map(({ id }) => id))]
  await tx.observations.relink([...fresh, ...changed])
  await restateAgents(tx, changed)
  await recordEvents(
    sight,
    tx.outbox,
    found.flatMap((one) => told(sight, one)),
  )
  await reassessAgents(sight, tx, [...fresh, ...changed])
  return { discovered: fresh, changes: countChanges(found) }
}

/** What comes back speaks again, also where it says what it said before it vanished. */
function isOtherwise({ news, returned }: Found): boolean {
  return news === "changed" || (news === "same" && returned)
}

function thingOf(seen: SeenAgent, known: Surroundings): Thing {
  const servers = idsOf(seen.mcpServers, known.servers)
  const credentials = idsOf(seen.credentials, known.credentials)
  return { key: seen.key, body: bodyOf(seen), servers, credentials, links: [...servers, ...credentials] }
}

function firstFacts({ id, thing }: Found, { by, at }: Sight): ReturnType<typeof observedFacts> {
  return observedFacts({ subject: id, reporter: by.name, body: thing.body, lastSeen: at })
}

function told({ by }: Sight, { id, thing: { body }, news, isBack }: Found): readonly AuditEvent[] {
  const common = { actor: { kind: "system", id: by.name }, agent: id } as const
  if (news !== "new") return isBack ? [{ ...common, type: "agent.reappeared" }] : []
  const { category = null, client = null, confidence = null } = body
  const name = nameIn(body)
  return [{ ...common, type: "agent.discovered", data: { name, category, client, confidence } }]
}

function nameIn({ name, client, framework }: JsonObject): string {
  const called = name ?? client ?? framework
  return typeof called === "string" ? plainName(called) : "unnamed agent"
}

function bodyOf(seen: SeenAgent): JsonObject {
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
