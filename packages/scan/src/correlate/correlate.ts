import { effectiveAutonomy } from "../autonomy/effective-autonomy.ts"
import type { Observation, ServerSighting } from "../configurations/observation.ts"
import type { CredentialSighting } from "../credentials/credential-reader.ts"
import { isFilePath } from "../formats/finding-place.ts"
import type { Evidence, Location, SeenAgent, SeenCredential, SeenMcpServer } from "../report.ts"
import type { SourceObservation } from "../sources/source-reader.ts"
import { serverKey } from "./server-key.ts"
import { sourceAgents } from "./source-agents.ts"
import { stableKey } from "./stable-key.ts"

/** What exists, as far as a set of observations shows. */
export interface Seen {
  readonly agents: readonly SeenAgent[]
  readonly mcpServers: readonly SeenMcpServer[]
  readonly credentials: readonly SeenCredential[]
}

/** Answers the agents, servers and credentials behind what was seen: what is the same in many places is told once. */
export function correlate(
  observations: readonly Observation[],
  sources: readonly SourceObservation[] = [],
): Seen {
  const byAgent = Map.groupBy(observations, agentKey)
  const local = [...byAgent].flatMap(([key, seen]) => [
    agentOf(key, [...seen, ...takenOver(seen, observations)]),
    ...subAgentsOf(seen),
  ])
  const all = [
    ...observations.map(({ servers, credentials, owner }) => ({ servers, credentials, place: owner.path })),
    ...sources.flatMap(({ path, agents, ...own }) =>
      [own, ...agents].map((said) => ({ ...said, place: path })),
    ),
  ]
  return {
    agents: sorted([...local, ...sourceAgents(sources)]),
    mcpServers: sorted(serversOf(all)),
    credentials: sorted(credentialsOf(all)),
  }
}

interface Said {
  readonly servers: readonly ServerSighting[]
  readonly credentials: readonly CredentialSighting[]
  /** Where it was said: whose configuration, or in which source file. */
  readonly place: string
}

/** A local agent is one person's use of one client; where no person is known, a project's. */
function agentKey({ client, owner }: Observation): string {
  return stableKey("agent", [client.id, owner.kind, owner.path])
}

/** What a client takes over from others' files of the same owner: their servers, never what they were allowed. */
function takenOver(own: readonly Observation[], all: readonly Observation[]): readonly Observation[] {
  const [first] = own
  if (!first?.client.alsoReads) return []
  const { client, owner } = first
  return all
    .filter((seen) => seen.client.id !== client.id && agentKey({ ...seen, client }) === agentKey(first))
    .filter(({ path }) =>
      client.alsoReads?.some((ending) => path.replaceAll("\\", "/").endsWith(`/${ending}`)),
    )
    .map((seen) => ({
      ...seen,
      client,
      owner,
      what: `${seen.what}, which ${client.name} reads too`,
      settings: [],
      subAgents: [],
    }))
}

/** Agents that configurations name beside the client's own: each goes by its own settings, else by the client's. */
function subAgentsOf(observations: readonly Observation[]): readonly SeenAgent[] {
  const sightings = observations.flatMap((seen) => seen.subAgents.map((subAgent) => ({ seen, subAgent })))
  return [...Map.groupBy(sightings, ({ subAgent }) => subAgent.name)].flatMap(([name, same]) => {
    const [first] = same
    if (!first) return []
    const { client, owner } = first.seen
    const own = same.map(({ seen, subAgent }) => ({ ...seen, settings: subAgent.settings, subAgents: [] }))
    const speaks = own.some(({ settings }) => settings.length > 0)
    const agent = agentOf(stableKey("agent", [client.id, owner.kind, owner.path, name]), own)
    const autonomy = speaks ? agent.autonomy : effectiveAutonomy(client, observations)
    return [{ ...agent, name: `${client.name} agent ${name}`, autonomy }]
  })
}

function agentOf(key: string, observations: readonly Observation[]): SeenAgent {
  const client = observations[0]?.client
  if (!client) throw new RangeError("an agent needs an observation")
  const servers = observations.flatMap((seen) =>
    seen.servers.map((server) => serverKey(server, seen.owner.path)),
  )
  const credentials = observations.flatMap((seen) => seen.credentials.map((credential) => credential.key))
  return {
    key,
    name: client.name,
    category: "local",
    client: client.id,
    framework: null,
    locations: placesOf(observations),
    autonomy: effectiveAutonomy(client, observations),
    mcpServers: [...new Set(servers)].toSorted(),
    credentials: [...new Set(credentials)].toSorted(),
    confidence: observations.some(({ confidence }) => confidence === "high") ? "high" : "medium",
    evidence: observations.map(evidenceOf),
  }
}

/** Where its files are; of what is known from running alone, where its program is. */
function placesOf(observations: readonly Observation[]): readonly Location[] {
  const files = observations.filter(({ running }) => running === undefined)
  const programs = new Set(observations.map(({ path }) => path).filter(isFilePath))
  const paths = files.length > 0 ? files.map(({ path }) => path) : [...programs]
  return paths.map((path) => ({ path, line: null }))
}

function evidenceOf({ path, what, stale }: Observation): Evidence {
  return { path, line: null, what: stale ? `stale ${what}` : what }
}

function serversOf(all: readonly Said[]): readonly SeenMcpServer[] {
  const sightings = all.flatMap(({ servers, place }) =>
    servers.map((server) => ({ key: serverKey(server, place), server })),
  )
  return [...Map.groupBy(sightings, ({ key }) => key)].flatMap(([key, same]) => {
    const [first] = same
    if (!first) return []
    const { isLocalCode: _, location: __, ...server } = first.server
    const enabled = same.some((other) => other.server.enabled)
    const flags = [...new Set(same.flatMap((other) => other.server.flags))].toSorted()
    return [{ key, ...server, enabled, flags, locations: places(same.map((other) => other.server.location)) }]
  })
}

function credentialsOf(all: readonly Said[]): readonly SeenCredential[] {
  const sightings = all.flatMap(({ credentials }) => credentials)
  return [...Map.groupBy(sightings, ({ key }) => key)].flatMap(([, same]) => {
    const [first] = same
    if (!first) return []
    const { location: _, ...credential } = first
    return [{ ...credential, locations: places(same.map(({ location }) => location)) }]
  })
}

function places(locations: readonly Location[]): readonly Location[] {
  const distinct = new Map(locations.map((location) => [`${location.path}\n${location.line}`, location]))
  return [...distinct.values()].toSorted((a, b) =>
    a.path === b.path ? (a.line ?? 0) - (b.line ?? 0) : a.path < b.path ? -1 : 1,
  )
}

function sorted<Thing extends { readonly key: string }>(things: readonly Thing[]): readonly Thing[] {
  return things.toSorted((a, b) => (a.key < b.key ? -1 : 1))
}
