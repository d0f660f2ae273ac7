import { type Id, newId } from "@tabard/core"
import type { SeenMcpServer } from "@tabard/scan"
import { recordEvent } from "../audit/event.ts"
import { observe } from "./observe.ts"
import type { ScanStores, Sight } from "./sight.ts"

/** Keeps each seen MCP server under the id that the inventory has for it; answers the ids by key. */
export async function reconcileServers(
  tx: ScanStores,
  sight: Sight,
  seen: readonly SeenMcpServer[],
): Promise<ReadonlyMap<string, Id<"server">>> {
  const ids = new Map<string, Id<"server">>()
  for (const server of seen) ids.set(server.key, await reconcileServer(tx, sight, server))
  return ids
}

async function reconcileServer(tx: ScanStores, sight: Sight, seen: SeenMcpServer): Promise<Id<"server">> {
  const { id, known } = await observe(tx, sight, {
    kind: "server",
    key: seen.key,
    body: { ...seen, locations: seen.locations.map((place) => ({ ...place })) },
    make: () => newId("server", sight.clock),
  })
  const { key, name, transport, system, capabilities, flags } = seen
  const times = { firstSeen: sight.at, lastSeen: sight.at }
  await tx.observations.putServer({ id, key, name, transport, system, capabilities, flags, ...times })
  if (!known) {
    await recordEvent(sight, tx.outbox, {
      type: "server.discovered",
      actor: { kind: "system", id: sight.reporter },
      resource: id,
      data: { name, transport, system },
    })
  }
  return id
}
