import type {
  CredentialView,
  ObservedServerView,
  ResourceView,
  ReviewedToolView,
  SeenAtView,
} from "@tabard/api"
import type { Observation, SystemUse, Transaction } from "@tabard/control"
import {
  type Credential,
  type Id,
  type ObservedServer,
  replacementOf,
  type ToolVersion,
  type Upstream,
} from "@tabard/core"
import { knownSystem } from "@tabard/scan"
import { type Names, namesOf } from "./names.ts"
import { plainJson } from "./plain-json.ts"
import { reviewedTools } from "./reviewed-tools.ts"
import { placesOf } from "./seen-places.ts"

type Reads = Pick<Transaction, "facts" | "observations" | "servers" | "users">

/** How many of the agents that use a thing are named. */
const AGENTS_SHOWN = 20

/** Shows seen MCP servers, with as many questions to the store for a hundred as for one. */
export async function observedServerViews(
  tx: Reads,
  servers: readonly ObservedServer[],
): Promise<readonly ObservedServerView[]> {
  const surroundings = await surroundingsOf(tx, servers)
  const toolsOf = reviewedTools(await tx.servers.list(), await tx.servers.pinned())
  return servers.map((server) => {
    const body = latestBody(surroundings.seen.get(server.id) ?? [])
    const [command, url] = [textIn(body, "command"), textIn(body, "url")]
    const args = Array.isArray(body["args"]) ? body["args"].map(String) : []
    const { id, name, transport, system, capabilities, flags } = server
    return {
      ...seenThing(surroundings, { ...server, id }),
      name,
      transport,
      command,
      args,
      url,
      system,
      capabilities,
      flags,
      enabled: body["enabled"] !== false,
      catalogue: textIn(body, "catalogue"),
      tools: toolsOf({ command, args, url }),
    }
  })
}

/** Shows seen credentials, with as many questions to the store for a hundred as for one. */
export async function credentialViews(
  tx: Reads,
  credentials: readonly Credential[],
): Promise<readonly CredentialView[]> {
  const surroundings = await surroundingsOf(tx, credentials)
  const fingerprints = new Set(credentials.flatMap(({ fingerprint }) => fingerprint ?? []))
  const alike = Map.groupBy(
    await tx.observations.withFingerprints([...fingerprints]),
    ({ fingerprint }) => fingerprint,
  )
  return credentials.map((credential) => {
    const { kind, provider, storedAs, fingerprint } = credential
    const seen = seenThing(surroundings, credential)
    return {
      ...seen,
      kind,
      provider,
      storedAs,
      fingerprint,
      sameAs: (alike.get(fingerprint) ?? []).map(({ id }) => id).filter((id) => id !== credential.id),
      replacement: seen.vanishedAt === null ? replacementOf(credential) : null,
    }
  })
}

/** Shows a system that agents reach. */
export function resourceView({ system, servers, agents }: SystemUse): ResourceView {
  return { system, sensitivity: knownSystem(system)?.sensitivity ?? null, servers, agents }
}

/** Shows reviewed tools by their servers' names. */
export function toolViews(
  servers: readonly Upstream[],
  tools: readonly ToolVersion[],
): readonly ReviewedToolView[] {
  const names = new Map(servers.map(({ id, name }) => [id, name]))
  return tools.map(({ id, name, server, effects, pinnedAt }) => ({
    id,
    name,
    server: { id: server, name: names.get(server) ?? "a server" },
    effects,
    pinnedAt: pinnedAt.toISOString(),
  }))
}

/** What is told of every seen thing. */
interface Surroundings {
  readonly seen: ReadonlyMap<string, readonly Observation[]>
  readonly vanished: ReadonlyMap<string, Date>
  readonly users: ReadonlyMap<string, readonly Id<"agent">[]>
  readonly names: Names
}

async function surroundingsOf(
  tx: Reads,
  things: readonly { readonly id: Id<"server"> | Id<"credential"> }[],
): Promise<Surroundings> {
  const ids = things.map(({ id }) => id)
  const users = await tx.observations.usersOf(ids)
  const shown = [...users.values()].flatMap((agents) => agents.slice(0, AGENTS_SHOWN))
  return {
    seen: Map.groupBy(await tx.observations.of(ids), ({ subject }) => subject),
    vanished: await tx.observations.vanished(ids),
    users,
    names: await namesOf(tx, { agents: shown }),
  }
}

type SeenThing = Pick<
  CredentialView,
  "id" | "agents" | "agentCount" | "seen" | "firstSeen" | "lastSeen" | "vanishedAt"
>

function seenThing(
  { seen, vanished, users, names }: Surroundings,
  { id, firstSeen, lastSeen }: { readonly id: string; readonly firstSeen: Date; readonly lastSeen: Date },
): SeenThing {
  const agents = users.get(id) ?? []
  return {
    id,
    agents: agents.slice(0, AGENTS_SHOWN).map((agent) => names.agent(agent)),
    agentCount: agents.length,
    seen: (seen.get(id) ?? []).map(seenAt),
    firstSeen: firstSeen.toISOString(),
    lastSeen: lastSeen.toISOString(),
    vanishedAt: vanished.get(id)?.toISOString() ?? null,
  }
}

function seenAt(observation: Observation): SeenAtView {
  const { reporter, firstSeen, lastSeen, vanishedAt } = observation
  return {
    reporter,
    locations: placesOf(observation),
    firstSeen: firstSeen.toISOString(),
    lastSeen: lastSeen.toISOString(),
    vanishedAt: vanishedAt?.toISOString() ?? null,
  }
}

/** What the newest sighting says. */
function latestBody(sightings: readonly Observation[]): Readonly<Record<string, unknown>> {
  const [newest] = sightings.toSorted((a, b) => b.lastSeen.getTime() - a.lastSeen.getTime())
  const body = newest ? plainJson(newest.body) : {}
  return typeof body === "object" && body !== null ? { ...body } : {}
}

function textIn(body: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = body[name]
  return typeof value === "string" ? value : null
}
