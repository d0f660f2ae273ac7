import type { LimitView, ToolDetail, ToolOperations, ToolSideView, ToolVersionView } from "@tabard/api"
import {
  correctTool,
  findAgent,
  type LimitInForce,
  limitsOfAgent,
  pinReviewed,
  reviewServer,
  type Transaction,
} from "@tabard/control"
import { isId, Problem, type ToolVersion, writeLossless } from "@tabard/core"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { type Names, namesOf } from "../views/names.ts"

/** The versions of a tool that are shown with it. */
const MOST_VERSIONS = 50

/** What tools do, as people reviewed and corrected it, and how much of it agents may do. */
export function toolHandlers(services: ApiServices): Pick<Handlers, keyof ToolOperations> {
  const { shelf, listTools } = services
  const deps = { ...recordContext(services), transact: shelf.transact, snapshot: shelf.snapshot, listTools }
  const detail = (id: string) => shelf.snapshot((tx) => toolDetail(tx, id))
  return {
    getTool: (_, { id }) => detail(id),
    correctTool: async ({ user }, { id, ...correction }) =>
      detail((await correctTool(deps, user, { ...correction, version: id })).id),
    reviewServer: async ({ user }, { id }) => {
      const { server, tools } = await reviewServer(deps, user, id)
      return {
        server: server.id,
        serverName: server.name,
        tools: tools.map(({ name, state, pinned, offered }) => ({
          name,
          state,
          pinned: pinned && { ...sideView(pinned), id: pinned.id },
          offered: offered && sideView(offered),
        })),
      }
    },
    pinTool: async ({ user }, { id, ...wanted }) =>
      detail((await pinReviewed(deps, user, { ...wanted, server: id })).id),
    getAgentLimits: (_, { id }) =>
      shelf.snapshot(async (tx) => {
        const agent = await findAgent(tx.agents, id)
        return { limits: (await limitsOfAgent(tx, agent, services.clock.now())).map(limitView) }
      }),
  }
}

async function toolDetail(
  tx: Pick<Transaction, "facts" | "servers" | "users">,
  id: string,
): Promise<ToolDetail> {
  const version = isId("toolVersion", id) ? await tx.servers.findVersion(id) : undefined
  const server = version && (await tx.servers.find(version.server))
  if (!version || !server) throw new Problem("tool_not_found", `there is no tool ${id}`)
  const versions = await tx.servers.versions(version, MOST_VERSIONS)
  const pinned = (await tx.servers.pinned(server.id)).find(({ name }) => name === version.name)
  const people = [version, ...versions].flatMap(({ review }) => (review ? [review.by] : []))
  const names = await namesOf(tx, { agents: [], people })
  return {
    ...versionView(version, names),
    server: server.id,
    serverName: server.name,
    name: version.name,
    inForce: pinned?.id === version.id,
    versions: versions.map((each) => versionView(each, names)),
  }
}

function versionView(version: ToolVersion, names: Names): ToolVersionView {
  const { id, pinnedAt, review } = version
  return {
    ...sideView(version),
    id,
    pinnedAt: pinnedAt.toISOString(),
    review: review
      ? { by: names.person(review.by), reason: review.reason, corrected: review.corrected }
      : null,
  }
}

function sideView({
  digest,
  definition,
  effects,
  roles,
}: Pick<ToolVersion, "definition" | "digest" | "effects" | "roles">): ToolSideView {
  return { digest, definition: writeLossless(definition), effects, roles }
}

function limitView({ task, budget, words, atMost, uses }: LimitInForce): LimitView {
  const { name, counts, per, currency } = budget
  return {
    task,
    name,
    words,
    counts,
    per,
    currency,
    atMost,
    uses: uses.map((use) => ({ ...use, endsAt: use.endsAt.toISOString() })),
  }
}
