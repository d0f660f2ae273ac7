import { registerServer } from "@tabard/control"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { serverView } from "../views/server-view.ts"

/** The servers behind the gateway. */
export function serverHandlers(services: ApiServices): Pick<Handlers, "listServers" | "registerServer"> {
  const { shelf, listTools, publicUrl } = services
  const deps = { ...recordContext(services), transact: shelf.transact, listTools }
  return {
    listServers: () =>
      shelf.snapshot(async ({ servers }) => {
        const tools = Map.groupBy(await servers.pinned(), ({ server }) => server)
        const all = await servers.list()
        return {
          items: all.map((server) => serverView(server, tools.get(server.id) ?? [], publicUrl)),
          next: null,
        }
      }),
    registerServer: async ({ user }, request) => {
      const { server, tools } = await registerServer(deps, user, request)
      return serverView(server, tools, publicUrl)
    },
  }
}
