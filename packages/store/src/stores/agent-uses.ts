import type { ObservationStore, SystemUse, Uses } from "@tabard/control"
import { type Id, isId } from "@tabard/core"
import { sql } from "kysely"
import { boundedLimit, inPortions, inWrites } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { AgentUseRow, ObservationRow, ObservedUseRow } from "../tables/registry.ts"

type AgentUses = Pick<ObservationStore, "link" | "relink" | "linksOf" | "usersOf" | "countSystems">

/** Keeps what each sighting of an agent says in `observed_use`, and what follows for the agent in `agent_use`. */
export function agentUses(scope: Scope): AgentUses {
  const { db, organisation } = scope
  const uses = () => db.selectFrom("agent_use").where("organisation", "=", organisation)
  return {
    link: (...said) => link(scope, ...said),
    relink: (agents) => inWrites(agents, (portion) => relink(scope, portion)),

    async linksOf(agents) {
      const rows = await inPortions(agents, (portion) =>
        uses()
          .selectAll()
          .where("agent", "in", portion)
          .orderBy("agent")
          .orderBy("kind")
          .orderBy("target")
          .execute(),
      )
      return gathered(agents, rows)
    },

    async usersOf(things) {
      const rows = await inPortions(things, (portion) =>
        uses()
          .select(["target", "agent"])
          .where("target", "in", portion)
          .orderBy("target")
          .orderBy("agent")
          .execute(),
      )
      const users = new Map<string, Id<"agent">[]>(things.map((thing) => [thing, []]))
      for (const { target, agent } of rows) users.get(target)?.push(agent)
      return users
    },

    countSystems: ({ after, limit }) => countSystems(scope, after, boundedLimit(limit)),
  }
}

async function link(
  { db, organisation }: Scope,
  reporter: string,
  sightings: readonly ({ readonly key: string } & Uses)[],
): Promise<void> {
  const keys = sightings.map(({ key }) => key)
  await inWrites(keys, (portion) =>
    db
      .deleteFrom("observed_use")
      .where("organisation", "=", organisation)
      .where("reporter", "=", reporter)
      .where("key", "in", portion)
      .execute(),
  )
  const said = sightings.flatMap(({ key, servers, credentials }): ObservedUseRow[] => [
    ...[...new Set(servers)].map((target) => ({
      organisation,
      reporter,
      key,
      kind: "server" as const,
      target,
    })),
    ...[...new Set(credentials)].map((target) => ({
      organisation,
      reporter,
      key,
      kind: "credential" as const,
      target,
    })),
  ])
  await inWrites(said, (portion) => db.insertInto("observed_use").values(portion).execute())
}

/** The union over an agent's sightings that are still there, or over all of them where none is. */
async function relink(scope: Scope, agents: readonly Id<"agent">[]): Promise<void> {
  const { db, organisation } = scope
  const uses = await saidOf(scope, await speaking(scope, agents))
  await db
    .deleteFrom("agent_use")
    .where("organisation", "=", organisation)
    .where("agent", "in", agents)
    .execute()
  await inWrites(uses, (portion) => db.insertInto("agent_use").values(portion).execute())
}

/** A sighting whose word counts for its agent. */
type Speaking = Pick<ObservationRow, "subject" | "reporter" | "key">

async function speaking(
  { db, organisation }: Scope,
  agents: readonly Id<"agent">[],
): Promise<readonly Speaking[]> {
  const seen = await db
    .selectFrom("observation")
    .select(["subject", "reporter", "key", "vanished_at"])
    .where("organisation", "=", organisation)
    .where("kind", "=", "agent")
    .where("subject", "in", agents)
    .execute()
  return [...Map.groupBy(seen, ({ subject }) => subject).values()].flatMap((own) => {
    const there = own.filter(({ vanished_at: gone }) => gone === null)
    return there.length > 0 ? there : own
  })
}

/** A question for each reporter, not a join: fresh from a large scan, no planner knows yet how many rows it would meet. */
async function saidOf(scope: Scope, seen: readonly Speaking[]): Promise<readonly AgentUseRow[]> {
  const { db, organisation } = scope
  const uses = new Map<string, AgentUseRow>()
  for (const [reporter, own] of Map.groupBy(seen, (sighting) => sighting.reporter)) {
    const agentOf = new Map(own.map(({ key, subject }) => [key, subject]))
    const rows = await inPortions([...agentOf.keys()], (portion) =>
      db
        .selectFrom("observed_use")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("reporter", "=", reporter)
        .where("key", "in", portion)
        .execute(),
    )
    for (const { key, kind, target } of rows) {
      const agent = agentOf.get(key)
      if (isId("agent", agent)) uses.set(`${agent} ${target}`, { organisation, agent, kind, target })
    }
  }
  return [...uses.values()]
}

async function countSystems(
  { db, organisation }: Scope,
  after: Parameters<AgentUses["countSystems"]>[0]["after"],
  limit: number,
): ReturnType<AgentUses["countSystems"]> {
  const servers = await db
    .selectFrom("observed_server")
    .select(["system", (eb) => eb.fn.countAll<number>().as("servers")])
    .where("organisation", "=", organisation)
    .where("system", "is not", null)
    .groupBy("system")
    .execute()
  // Crossed, so that SQLite goes from the servers to who uses each, and not from each use to its server.
  const agents = await db
    .selectFrom("observed_server as server")
    .crossJoin("agent_use as used")
    .select(["server.system", (eb) => eb.fn.count<number>("used.agent").distinct().as("agents")])
    .where("server.organisation", "=", organisation)
    .where("server.system", "is not", null)
    .where("used.organisation", "=", organisation)
    .where(sql<boolean>`used.kind = 'server'`)
    .where("used.target", "=", sql<Id<"server">>`server.id`)
    .groupBy("server.system")
    .execute()
  const reached = new Map(agents.map((row) => [row.system, row.agents]))
  return servers
    .flatMap(({ system, servers: count }) =>
      system === null ? [] : [{ system, servers: count, agents: reached.get(system) ?? 0 }],
    )
    .filter((one) => !after || byUse(after, one) < 0)
    .toSorted(byUse)
    .slice(0, limit)
}

type ByUse = Pick<SystemUse, "system" | "agents">

function byUse(a: ByUse, b: ByUse): number {
  if (a.agents !== b.agents) return b.agents - a.agents
  if (a.system === b.system) return 0
  return a.system < b.system ? -1 : 1
}

/** Each agent has an entry, an empty one where nothing was seen of it. */
function gathered(
  agents: readonly Id<"agent">[],
  rows: readonly AgentUseRow[],
): Awaited<ReturnType<ObservationStore["linksOf"]>> {
  const links = new Map(
    agents.map((agent) => [agent, { servers: [] as Id<"server">[], credentials: [] as Id<"credential">[] }]),
  )
  for (const row of rows) {
    const uses = links.get(row.agent)
    if (isServer(row.target)) uses?.servers.push(row.target)
    else uses?.credentials.push(row.target)
  }
  return links
}

function isServer(target: AgentUseRow["target"]): target is Id<"server"> {
  return target.startsWith("srv_")
}
