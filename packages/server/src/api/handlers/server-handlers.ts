import { registerServer, type SeenPlace } from "@tabard/control"
import { Problem, type Upstream, type UpstreamLaunch, type User } from "@tabard/core"
import { checkoutsIn, ownFolderIn } from "../../gateway/governing-folders.ts"
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
      const { server, tools } = await registerServer(
        deps,
        user,
        request,
        await keptBehind(services, user, request),
      )
      return serverView(server, tools, publicUrl)
    },
  }
}

/**
 * Answers what governs agents and could be changed through a program's folders. What is kept here, and by what a person's
 * command line is signed in, stands behind no gateway at all.
 *
 * @throws {Problem} self_government
 */
async function keptBehind(
  { ownFolders }: ApiServices,
  { role }: Pick<User, "role">,
  { launch }: { readonly launch: UpstreamLaunch },
): Promise<readonly SeenPlace[]> {
  // Whoever may not register one is told nothing of what lies in which folder.
  if (launch.transport !== "stdio" || role !== "administrator") return []
  const own = await ownFolderIn(launch.roots, ownFolders)
  if (own)
    throw new Problem(
      "self_government",
      `the folder ${own.root.slice(0, 200)} reaches ${own.what}: what governs agents does not stand behind their gateway. Name folders apart from it`,
    )
  return checkoutsIn(launch.roots)
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
