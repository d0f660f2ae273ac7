import type { ObservationStore, Uses } from "@tabard/control"
import type { Id } from "@tabard/core"
import { sql } from "kysely"
import { boundedLimit, inPortions, inWrites } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { AgentUseRow, ObservedUseRow } from "../tables/registry.ts"

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

    countSystems: (limit) => countSystems(scope, boundedLimit(limit)),
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
async function relink({ db, organisation }: Scope, agents: readonly Id<"agent">[]): Promise<void> {
  await db
    .deleteFrom("agent_use")
    .where("organisation", "=", organisation)
    .where("agent", "in", agents)
    .execute()
  await db
    .insertInto("agent_use")
    .columns(["organisation", "agent", "kind", "target"])
    .expression(
      db
        .selectFrom("observation as seen")
        .innerJoin("observed_use as used", (join) =>
          join
            .onRef("used.organisation", "=", "seen.organisation")
            .onRef("used.reporter", "=", "seen.reporter")
            .onRef("used.key", "=", "seen.key"),
        )
        .where("seen.organisation", "=", organisation)
        .where("seen.kind", "=", "agent")
        .where("seen.subject", "in", agents)
        .where(
          sql<boolean>`(seen.vanished_at is null or not exists (select 1 from observation there
            where there.organisation = seen.organisation and there.subject = seen.subject
            and there.vanished_at is null))`,
        )
        .select(["seen.organisation", sql<Id<"agent">>`seen.subject`.as("agent"), "used.kind", "used.target"])
        .distinct(),
    )
    .execute()
}

async function countSystems(
  { db, organisation }: Scope,
  limit: number,
): ReturnType<AgentUses["countSystems"]> {
  const rows = await db
    .selectFrom("observed_server as server")
    .leftJoin("agent_use as used", (join) =>
      join
        .onRef("used.organisation", "=", "server.organisation")
        .onRef("used.target", "=", "server.id")
        .on("used.kind", "=", "server"),
    )
    .select([
      "server.system",
      (eb) => eb.fn.count<number>("server.id").distinct().as("servers"),
      (eb) => eb.fn.count<number>("used.agent").distinct().as("agents"),
    ])
    .where("server.organisation", "=", organisation)
    .where("server.system", "is not", null)
    .groupBy("server.system")
    .orderBy("agents", "desc")
    .orderBy("server.system")
    .limit(limit)
    .execute()
  return rows.flatMap(({ system, servers, agents }) => (system === null ? [] : [{ system, servers, agents }]))
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
