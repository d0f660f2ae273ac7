import { registerServer } from "@tabard/control"
import { Problem, type Upstream, type UpstreamLaunch } from "@tabard/core"
import { hostsOf } from "../../http/own-site.ts"
import type { Handlers } from "../handler.ts"
import { type ListOrder, NAME_PLACE, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { serverView } from "../views/server-view.ts"

const SERVERS: ListOrder<Upstream, string> = {
  list: "servers",
  placeOf: ({ name }) => name,
  place: NAME_PLACE,
}

/** The servers behind the gateway. */
export function serverHandlers(services: ApiServices): Pick<Handlers, "listServers" | "registerServer"> {
  const { shelf, listTools, publicUrl } = services
  const deps = { ...recordContext(services), transact: shelf.transact, listTools }
  return {
    listServers: (_, asked) =>
      shelf.snapshot(async ({ servers }) => {
        const { items, next } = await pageOf(SERVERS, asked, (from) => servers.page(from))
        const pinned = await servers.pinnedOf(items.map(({ id }) => id))
        const tools = Map.groupBy(pinned, ({ server }) => server)
        const shown = items.map((server) => serverView(server, tools.get(server.id) ?? [], publicUrl))
        return { items: shown, next }
      }),
    registerServer: async ({ user }, request) => {
      assertElsewhere(request.launch, publicUrl)
      const { server, tools } = await registerServer(deps, user, request)
      return serverView(server, tools, publicUrl)
    },
  }
}

/**
 * Refuses this server itself: behind its own gateway it would let agents ask for what governs them.
 *
 * @throws {Problem} self_government
 */
function assertElsewhere(launch: UpstreamLaunch, publicUrl: string): void {
  if (launch.transport !== "http" || !hostsOf(publicUrl).has(new URL(launch.url).host)) return
  throw new Problem(
    "self_government",
    "this is Tabard's own address: what governs agents does not stand behind their gateway",
  )
}
