import {
  type JsonObject,
  newId,
  Problem,
  type ToolVersion,
  type Upstream,
  type UpstreamLaunch,
} from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { fitEvent } from "../audit/event/fit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Caller } from "../registry/caller.ts"
import { indexUpstreams } from "../search/index-things.ts"
import { declareSeen, type SeenPlace } from "../self-government/declare-reach.ts"
import type { Transact } from "../transaction.ts"
import { pinDefinition } from "./pin-definition.ts"

export interface RegisterServerDeps extends RecordContext {
  readonly transact: Transact<"organisation" | "outbox" | "reaches" | "search" | "servers">
  /** Asks a server that is not registered yet what it offers. */
  readonly listTools: (server: Upstream) => Promise<readonly JsonObject[]>
}

/** A server to put behind the gateway. */
export interface ServerRequest {
  readonly name: string
  readonly launch: UpstreamLaunch
}

/** A server and the tools that were pinned with it. */
export interface RegisteredServer {
  readonly server: Upstream
  readonly tools: readonly ToolVersion[]
}

/**
 * Puts a server behind the gateway and pins its tools as they are now: from here on a policy speaks of exactly these
 * definitions, and a call of a changed one is refused. What was seen to lie in its folders is kept as in its hands. Only
 * administrators: a stdio server runs a program here.
 *
 * @throws {Problem} not_allowed, body_invalid, tool_not_found
 */
export async function registerServer(
  deps: RegisterServerDeps,
  by: Caller,
  request: ServerRequest,
  keeps: readonly SeenPlace[] = [],
): Promise<RegisteredServer> {
  if (by.role !== "administrator")
    throw new Problem("not_allowed", "administrators put servers behind the gateway")
  const server: Upstream = {
    ...request,
    id: newId("server", deps.clock),
    registeredBy: by.id,
    registeredAt: deps.clock.now(),
  }
  // Asked before the transaction: nothing waits for a stranger's program while it holds the store.
  const tools = (await deps.listTools(server)).map((definition) => pinDefinition(deps, server, definition))

  return deps.transact(async (tx) => {
    if (await tx.servers.findByName(server.name)) {
      throw new Problem("body_invalid", `a server called ${server.name} stands behind the gateway already`)
    }
    await tx.servers.insert(server)
    for (const tool of tools) await tx.servers.pin(tool)
    await indexUpstreams(tx, [server], tools)
    await tx.organisation.bumpVersion()
    await recordEvent(deps, tx.outbox, {
      type: "server.registered",
      actor: { kind: "user", id: by.id },
      resource: server.id,
      data: {
        name: server.name,
        transport: server.launch.transport,
        ...toolsInEvent(tools),
      },
    })
    await declareSeen(deps, tx, by, { holder: server.id, places: keeps })
    return { server, tools }
  })
}

/** A server says how many tools it has and what they are called; the event is kept all the same. */
function toolsInEvent(tools: readonly ToolVersion[]): JsonObject {
  const pinned = tools.map(({ name, digest, effects }) => ({ name, digest, effects: [...effects] }))
  const { told, left } = fitEvent(pinned)
  return { tools: told, ...(left > 0 && { moreTools: left }) }
}
