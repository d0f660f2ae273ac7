import { mergeAgents, type SystemUse, splitAgent } from "@tabard/control"
import type { ToolVersion } from "@tabard/core"
import { z } from "zod"
import { given } from "../given.ts"
import type { Handlers } from "../handler.ts"
import { byId, idPlace, type ListOrder, NAME_PLACE, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { seersOf } from "../standing-memo.ts"
import { readDetail } from "../views/agent-detail.ts"
import { credentialViews, observedServerViews, resourceView, toolViews } from "../views/inventory-views.ts"

type Names =
  | "mergeAgents"
  | "splitAgent"
  | "listObservedServers"
  | "listCredentials"
  | "listResources"
  | "listTools"

/** What the inventory holds besides agents, and what people correct in it. */
export function inventoryHandlers(services: ApiServices): Pick<Handlers, Names> {
  const { shelf, standing } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    mergeAgents: async ({ user }, { id, other, reason }) => {
      await mergeAgents(deps, user, { agent: id, other, reason })
      return readDetail(services, id)
    },
    splitAgent: async ({ user }, { id, ...sighting }) =>
      readDetail(services, (await splitAgent(deps, user, { agent: id, ...sighting })).id),
    listObservedServers: (_, { after, limit, ...filter }) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(SERVERS, { after, limit }, (from) =>
          tx.observations.listServers({ ...given(filter), ...from }),
        )
        return { items: await observedServerViews(tx, items), next }
      }),
    listCredentials: (_, { after, limit, ...filter }) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(CREDENTIALS, { after, limit }, (from) =>
          tx.observations.listCredentials({ ...given(filter), ...from }),
        )
        return { items: await credentialViews(tx, items), next }
      }),
    listResources: ({ user }, asked) =>
      standing.systems.of(`${seersOf(user)} ${asked.limit} ${asked.after}`, () =>
        shelf.snapshot(async ({ observations }) => {
          const { items, next } = await pageOf(RESOURCES, asked, (from) => observations.countSystems(from))
          return { items: items.map(resourceView), next }
        }),
      ),
    listTools: (_, asked) =>
      shelf.snapshot(async ({ servers }) => {
        const { items, next } = await pageOf(TOOLS, asked, (from) => servers.pagePinned(from))
        const named = await servers.findAll([...new Set(items.map(({ server }) => server))])
        return { items: toolViews(named, items), next }
      }),
  }
}

const SERVERS = byId("observed-servers", "server")
const CREDENTIALS = byId("credentials", "credential")

const RESOURCES: ListOrder<SystemUse, Pick<SystemUse, "system" | "agents">> = {
  list: "resources",
  placeOf: ({ system, agents }) => ({ system, agents }),
  place: z.object({ system: NAME_PLACE, agents: z.int() }),
}

const TOOLS: ListOrder<ToolVersion, Pick<ToolVersion, "server" | "name">> = {
  list: "tools",
  placeOf: ({ server, name }) => ({ server, name }),
  place: z.object({ server: idPlace("server"), name: NAME_PLACE }),
}
