import type { Id, JsonObject } from "@tabard/core"
import type { SeenMcpServer } from "@tabard/scan"
import { recordEvents } from "../audit/event/record-event.ts"
import { rescoreAgents } from "../risk/rescore-agents.ts"
import { indexSeenServers } from "../search/index-things.ts"
import { plainName } from "./plain-name.ts"
import { countChanges, type Reconciled, recognise } from "./recognise.ts"
import type { ScanStores, Sight } from "./sight.ts"

/** Keeps seen MCP servers under the ids that the inventory has for them; answers the ids by key, and how many changed. */
export async function reconcileServers(
  tx: ScanStores,
  sight: Sight,
  seen: readonly SeenMcpServer[],
): Promise<Reconciled<"server">> {
  const things = seen.map((server) => ({ key: server.key, body: bodyOf(server), server }))
  const recognised = await recognise(tx, sight, "server", things)
  const news = recognised.filter((one) => one.news !== "same")
  const servers = news.map(({ id, thing: { server } }) => {
    const { key, name, transport, system, capabilities, flags } = server
    const times = { firstSeen: sight.at, lastSeen: sight.at }
    return { id, key, name: plainName(name), transport, system, capabilities, flags, ...times }
  })
  await tx.observations.putServers(servers)
  await indexSeenServers(tx, servers)
  const users = await tx.observations.usersOf(
    news.filter((one) => one.news === "changed").map(({ id }) => id),
  )
  await rescoreAgents(sight, tx, [...users.values()].flat())
  await recordEvents(
    sight,
    tx.outbox,
    news.flatMap(({ id, news: what, thing: { server } }) =>
      what === "new" ? [found(sight, id, server)] : [],
    ),
  )
  const ids = new Map(recognised.map(({ id, thing }) => [thing.key, id]))
  return { ids, changes: countChanges(recognised) }
}

function bodyOf(server: SeenMcpServer): JsonObject {
  return { ...server, locations: server.locations.map((place) => ({ ...place })) }
}

function found(
  { by }: Sight,
  id: Id<"server">,
  { name, transport, system }: SeenMcpServer,
): Parameters<typeof recordEvents>[2][number] {
  return {
    type: "server.discovered",
    actor: { kind: "system", id: by.name },
    resource: id,
    data: { name: plainName(name), transport, system },
  }
}
