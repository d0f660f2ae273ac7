import { mergeAgents, splitAgent } from "@tabard/control"
import { type Id } from "@tabard/core"
import { askedId } from "../asked-id.ts"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { readDetail } from "../views/agent-detail.ts"
import { credentialViews, observedServerViews, resourceView, toolViews } from "../views/inventory-views.ts"

type Names =
  | "mergeAgents"
  | "splitAgent"
  | "listObservedServers"
  | "listCredentials"
  | "listResources"
  | "listTools"

/** How many seen things a page holds where nobody says. */
const PAGE = 100

/** How many systems are listed; the catalogue knows fewer. */
const RESOURCES = 1_000

/** What the inventory holds besides agents, and what people correct in it. */
export function inventoryHandlers(services: ApiServices): Pick<Handlers, Names> {
  const { shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    mergeAgents: async ({ user }, { id, other, reason }) => {
      await mergeAgents(deps, user, { agent: id, other, reason })
      return readDetail(services, id)
    },
    splitAgent: async ({ user }, { id, ...sighting }) =>
      readDetail(services, (await splitAgent(deps, user, { agent: id, ...sighting })).id),
    listObservedServers: (_, filter) =>
      shelf.snapshot(async (tx) => {
        const servers = await tx.observations.listServers(pageOf("server", filter))
        return { items: await observedServerViews(tx, servers), next: nextOf(servers, filter) }
      }),
    listCredentials: (_, filter) =>
      shelf.snapshot(async (tx) => {
        const credentials = await tx.observations.listCredentials(pageOf("credential", filter))
        return { items: await credentialViews(tx, credentials), next: nextOf(credentials, filter) }
      }),
    listResources: () =>
      shelf.snapshot(async ({ observations }) => ({
        items: (await observations.countSystems(RESOURCES)).map(resourceView),
        next: null,
      })),
    listTools: () =>
      shelf.snapshot(async ({ servers }) => ({
        items: toolViews(await servers.list(), await servers.pinned()),
        next: null,
      })),
  }
}

type Filter = Parameters<Handlers["listCredentials"]>[1]

function pageOf<K extends "server" | "credential">(
  kind: K,
  { vanished, after, limit = PAGE }: Filter,
): { readonly limit: number; readonly vanished?: boolean; readonly after?: Id<K> } {
  const behind = askedId(kind, "after", after)
  return {
    limit,
    ...(vanished !== undefined && { vanished }),
    ...(behind && { after: behind }),
  }
}

function nextOf(items: readonly { readonly id: string }[], { limit = PAGE }: Filter): string | null {
  return items.length === limit ? (items.at(-1)?.id ?? null) : null
}
