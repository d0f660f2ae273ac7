import type { BegunScan, Observation, ObservedKind } from "@tabard/control"
import {
  type Agent,
  type AgentState,
  CATEGORIES,
  type Credential,
  type CredentialStorage,
  type Fact,
  type Id,
  type JsonObject,
  newId,
  type ObservedServer,
  TIERS,
} from "@tabard/core"
import { BEGAN, type Cast, clockAt, type Making, pick, portions, WATCHED_MS } from "./cast.ts"

/** What was seen of an organisation. */
export interface Inventory {
  readonly agents: readonly Agent[]
  readonly credentials: readonly Id<"credential">[]
  readonly scans: readonly Id<"scan">[]
}

/** How many agents the member of the cast owns. */
export const OWN_AGENTS = 20

const CREDENTIALS_EACH = 10
const SERVERS_EACH = 3

const STATES: readonly AgentState[] = [
  ...Array<AgentState>(12).fill("active"),
  ...Array<AgentState>(5).fill("discovered"),
  "proposed",
  "suspended",
  "dismissed",
]
const CLIENTS = ["cursor", "claude-code", "codex", "gemini-cli", "windsurf"] as const
const WORK = ["invoices", "runbooks", "crash reports", "release notes", "support macros", "price lists"]
const SYSTEMS = ["github", "slack", "postgres", "stripe", "notion", "jira", "aws", "linear", null] as const
const KINDS = [
  ["github-token", "github"],
  ["openai-key", "openai"],
  ["aws-access-key", "aws"],
  ["slack-token", "slack"],
  ["database-password", null],
] as const
const STORAGE: readonly CredentialStorage[] = [
  "plaintext",
  "env-reference",
  "env-reference",
  "keychain",
  "helper",
]

/** Puts into the store what scans saw: agents with their servers and credentials, what is said of them, and their risk. */
export async function addInventory(making: Making, cast: Cast): Promise<Inventory> {
  const scans = await addScans(making, cast)
  const servers = await addServers(making, cast, scans)
  const agents: Agent[] = []
  const credentials: Id<"credential">[] = []
  for (const numbers of portions(making.size.agents, 100)) {
    const seen = numbers.map((number) => seenAgent(number, { cast, scans, servers, size: making.size }))
    await making.shelf.transact(async (tx) => {
      await tx.agents.insertAll(seen.map(({ agent }) => agent))
      await tx.facts.putAll(seen.flatMap(({ facts }) => facts))
      await tx.observations.putCredentials(seen.flatMap(({ held }) => held))
      await tx.observations.put(seen.flatMap(({ sightings }) => sightings))
      for (const { reporter, key, held, used } of seen)
        await tx.observations.link(reporter, [{ key, servers: used, credentials: held.map(({ id }) => id) }])
      await tx.observations.relink(seen.map(({ agent }) => agent.id))
      await tx.risks.putAll(seen.flatMap(({ agent }, place) => riskOf(agent.id, (numbers[0] ?? 0) + place)))
    })
    agents.push(...seen.map(({ agent }) => agent))
    credentials.push(...seen.flatMap(({ held }) => held.map(({ id }) => id)))
  }
  return { agents, credentials, scans }
}

/** What each of the scans brought. */
const FOUND = { agents: 2, servers: 6, credentials: 20, discovered: 2, changed: 28, vanished: 0 }

async function addScans({ shelf, size }: Making, cast: Cast): Promise<readonly Id<"scan">[]> {
  const count = Math.ceil(size.agents / 2)
  const scans: BegunScan[] = Array.from({ length: count }, (_, number) => {
    const clock = clockAt(number / count)
    return {
      id: newId("scan", clock),
      reporter: number % 50 === 0 ? "server" : pick(cast.reporters, number).id,
      roots: ["/home", "/srv"],
      startedAt: clock.now(),
      finishedAt: clock.now(),
      unreadable: [{ path: "/srv/secrets", reason: "permission denied" }],
      coverage: { filesRead: 1_000 + number },
    }
  })
  for (const numbers of portions(count))
    await shelf.transact(async ({ observations }) => {
      for (const number of numbers) {
        await observations.insertScan(pick(scans, number))
        await observations.finishScan(pick(scans, number).id, FOUND)
      }
    })
  return scans.map(({ id }) => id)
}

async function addServers(
  { shelf, size }: Making,
  cast: Cast,
  scans: readonly Id<"scan">[],
): Promise<readonly Id<"server">[]> {
  const ids: Id<"server">[] = []
  for (const numbers of portions(size.agents, 500)) {
    const servers = numbers.map((number) => serverOf(number))
    await shelf.transact(async ({ observations }) => {
      await observations.putServers(servers)
      await observations.put(
        servers.map(({ id, key }, place) =>
          sighting("server", { id, key, scan: pick(scans, place) }, pick(cast.reporters, place).id, {
            key,
            command: "npx",
            args: ["-y", `@example/server-${place}`],
            locations: [{ path: `/home/person-${place}/.cursor/mcp.json`, line: 3 }],
          }),
        ),
      )
    })
    ids.push(...servers.map(({ id }) => id))
  }
  return ids
}

function serverOf(number: number): ObservedServer {
  const clock = clockAt((number % 900) / 1_000)
  return {
    id: newId("server", clock),
    key: `mcp-server:${number}`,
    name: `${pick(SYSTEMS, number) ?? "internal"}-${number}`,
    transport: "stdio",
    system: pick(SYSTEMS, number),
    capabilities: ["read", "write"],
    flags: [],
    firstSeen: clock.now(),
    lastSeen: clockAt(0.99).now(),
  }
}

interface Surroundings {
  readonly cast: Cast
  readonly scans: readonly Id<"scan">[]
  readonly servers: readonly Id<"server">[]
  readonly size: Making["size"]
}

interface SeenAgent {
  readonly agent: Agent
  readonly reporter: string
  readonly key: string
  readonly facts: readonly Fact[]
  readonly held: readonly Credential[]
  readonly used: readonly Id<"server">[]
  readonly sightings: readonly Observation[]
}

function seenAgent(number: number, { cast, scans, servers, size }: Surroundings): SeenAgent {
  const agent = agentOf(number, cast, size)
  const reporter = pick(cast.reporters, number).id
  const scan = pick(scans, number)
  const key = `agent:${number}`
  const held = Array.from({ length: CREDENTIALS_EACH }, (_, place) =>
    credentialOf(number * CREDENTIALS_EACH + place),
  )
  const place = `/home/person-${number}/work/${pick(WORK, number).replace(" ", "-")}`
  const body = { key, locations: [{ path: `${place}/.cursor/mcp.json`, line: null }], confidence: "high" }
  return {
    agent,
    reporter,
    key,
    facts: factsOf(agent, number, reporter),
    held,
    used: Array.from({ length: SERVERS_EACH }, (_, use) => pick(servers, number + use * 7)),
    sightings: [
      sighting("agent", { id: agent.id, key, scan }, reporter, body),
      ...held.map((one) =>
        sighting("credential", { id: one.id, key: one.key, scan }, reporter, {
          key: one.key,
          locations: [{ path: `${place}/.env.json`, line: 4 }],
        }),
      ),
    ],
  }
}

function agentOf(number: number, { member, people }: Cast, { agents }: Making["size"]): Agent {
  const clock = clockAt((0.9 * number) / agents)
  const own = number < OWN_AGENTS
  const state = own ? "active" : pick(STATES, number)
  const owner = own ? member.id : pick(people, number).id
  const owned = state !== "discovered" && state !== "dismissed"
  return {
    id: newId("agent", clock),
    state,
    owner: owned ? owner : null,
    mandate: owned
      ? {
          purpose: `Looks after ${pick(WORK, number)}`,
          tier: pick(TIERS, number),
          expiresAt: new Date(BEGAN.getTime() + 2 * WATCHED_MS),
          proposedBy: owner,
          acceptedAt: clock.now(),
          oversight: "not-required",
          approvedBy: null,
        }
      : null,
    createdAt: clock.now(),
  }
}

function factsOf({ id: subject, createdAt: at }: Agent, number: number, source: string): readonly Fact[] {
  const observed = { subject, kind: "observed", source, at } as const
  return [
    { ...observed, name: "name", value: `${pick(WORK, number)} helper ${number}` },
    { ...observed, name: "category", value: pick(CATEGORIES, Math.floor(number / 3)) },
    { ...observed, name: "client", value: pick(CLIENTS, number) },
    { ...observed, name: "autonomy", value: number % 3 === 0 ? "unrestricted" : "partial" },
    ...(number % 10 === 0
      ? [
          {
            subject,
            at,
            name: "category",
            kind: "declared",
            source: "register",
            value: "production",
          } as const,
        ]
      : []),
  ]
}

function credentialOf(number: number): Credential {
  const clock = clockAt((number % 900) / 1_000)
  const [kind, provider] = pick(KINDS, number)
  return {
    id: newId("credential", clock),
    key: `credential:${number}`,
    kind,
    provider,
    storedAs: pick(STORAGE, Math.floor(number / KINDS.length)),
    // One secret in fifty lies in two places.
    fingerprint: `hmac-${number % 50 === 1 ? number - 1 : number}`,
    locations: [`/home/person-${Math.floor(number / CREDENTIALS_EACH)}/.env.json`],
    firstSeen: clock.now(),
    lastSeen: clockAt(0.99).now(),
  }
}

function sighting(
  kind: ObservedKind,
  { id, key, scan }: { readonly id: string; readonly key: string; readonly scan: Id<"scan"> },
  reporter: string,
  body: JsonObject,
): Observation {
  const times = { firstSeen: clockAt(0.1).now(), lastSeen: clockAt(0.99).now(), vanishedAt: null }
  return {
    reporter,
    machine: reporter,
    kind,
    key,
    subject: id,
    scan,
    body,
    digest: `digest of ${key}`,
    ...times,
  }
}

/** Two scores each: the one now, and the one before. */
function riskOf(agent: Id<"agent">, number: number): Parameters<Risks["putAll"]>[0] {
  const score = (number * 37) % 101
  const sides = { access: (number * 7) % 10, autonomy: (number * 3) % 10 }
  return [0.2, 0.95].map((share, place) => ({
    agent,
    at: clockAt(share).now(),
    score: Math.max(0, score - 10 * (1 - place)),
    low: 0,
    high: 100,
    sides,
  }))
}

type Risks = Parameters<Parameters<Making["shelf"]["transact"]>[0]>[0]["risks"]
