import { isId, type JsonObject, Problem, type ToolVersion, type Upstream } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import type { Snapshot, Transaction } from "../transaction.ts"
import { pinDefinition } from "./pin-definition.ts"
import { type PutVersionDeps, putVersion } from "./put-version.ts"

export interface ReviewServerDeps extends RecordContext {
  readonly snapshot: Snapshot<"servers">
  /** Asks a server what it offers now. */
  readonly listTools: (server: Upstream) => Promise<readonly JsonObject[]>
}

/** A tool as it was reviewed, and as its server defines it now. */
export interface ToolReviewed {
  readonly name: string
  readonly state: "unchanged" | "changed" | "new" | "gone"
  readonly pinned: ToolVersion | null
  /** What pinning it as it is now would say of it. */
  readonly offered: Omit<ToolVersion, "id" | "pinnedAt"> | null
}

/**
 * Asks a server for its tools and answers what is other than it was reviewed, side by side. It pins nothing.
 *
 * @throws {Problem} not_allowed, server_not_found, upstream problems
 */
export async function reviewServer(
  deps: ReviewServerDeps,
  by: Caller,
  id: string,
): Promise<{ readonly server: Upstream; readonly tools: readonly ToolReviewed[] }> {
  assertMayReview(by)
  const server = await deps.snapshot((tx) => findServer(tx, id))
  const offered = await offeredBy(deps, server)
  const pinned = await deps.snapshot(({ servers }) => servers.pinned(server.id))
  const names = new Set([...pinned, ...offered].map(({ name }) => name))
  return {
    server,
    tools: [...names]
      .toSorted()
      .map((name) =>
        compared(
          name,
          pinned.find((tool) => tool.name === name) ?? null,
          offered.find((tool) => tool.name === name) ?? null,
        ),
      ),
  }
}

/** A definition that a person has seen and takes responsibility for. */
export interface ToolToPin {
  readonly server: string
  readonly name: string
  /** Of the definition that the person saw: another one is not pinned in its place. */
  readonly digest: string
  /** The version that the person saw beside it; null where the tool was not reviewed before. */
  readonly seen: string | null
  readonly reason: string
}

/**
 * Pins a tool anew as it was shown to a person: the server is asked again, and what it defines then has to be the same. What a
 * person corrected of this very definition before holds again; of any other, its effects are found out anew.
 *
 * @throws {Problem} not_allowed, server_not_found, tool_not_found, tool_conflict
 */
export async function pinReviewed(
  deps: ReviewServerDeps & PutVersionDeps,
  by: Caller,
  wanted: ToolToPin,
): Promise<ToolVersion> {
  assertMayReview(by)
  const server = await deps.snapshot((tx) => findServer(tx, wanted.server))
  const offered = (await offeredBy(deps, server)).find(({ name }) => name === wanted.name)
  if (!offered)
    throw new Problem("tool_not_found", `${server.name} has no tool ${wanted.name.slice(0, 100)} now`)
  if (offered.digest !== wanted.digest) {
    throw new Problem(
      "tool_conflict",
      `${server.name} defines ${offered.name} otherwise than you saw it: look again`,
    )
  }
  return deps.transact(async (tx) => {
    const pinned = await tx.servers.pinned(server.id)
    const seen = pinned.find(({ name }) => name === offered.name) ?? null
    if ((seen?.id ?? null) !== wanted.seen) {
      throw new Problem(
        "tool_conflict",
        `${offered.name} was reviewed by somebody else meanwhile: look at it again`,
      )
    }
    const kept = await correctionOf(tx, offered)
    const review = { by: by.id, reason: wanted.reason, corrected: kept !== undefined }
    const pinnedAt = deps.clock.now()
    return putVersion(deps, tx, { server, seen, version: { ...offered, ...kept, pinnedAt, review } })
  })
}

/** As many versions of a tool as are looked through for a word about the same definition. */
const MOST_VERSIONS = 200

async function correctionOf(
  { servers }: Pick<Transaction, "servers">,
  { server, name, digest }: ToolVersion,
): Promise<Pick<ToolVersion, "effects" | "roles"> | undefined> {
  const versions = await servers.versions({ server, name }, MOST_VERSIONS)
  const last = versions.find((version) => version.digest === digest)
  return last?.review?.corrected ? { effects: last.effects, roles: last.roles } : undefined
}

function assertMayReview(by: Caller): void {
  if (isSteward(by)) return
  throw new Problem("not_allowed", "security and administrators review what servers offer")
}

async function findServer({ servers }: Pick<Transaction, "servers">, id: string): Promise<Upstream> {
  const found = isId("server", id) ? await servers.find(id) : undefined
  if (!found)
    throw new Problem("server_not_found", `there is no server ${id.slice(0, 100)} behind the gateway`)
  return found
}

/** Asked outside of every transaction: nothing waits for a stranger's program while it holds the store. */
async function offeredBy(deps: ReviewServerDeps, server: Upstream): Promise<readonly ToolVersion[]> {
  return (await deps.listTools(server)).map((definition) => pinDefinition(deps, server, definition))
}

function compared(name: string, pinned: ToolVersion | null, offered: ToolVersion | null): ToolReviewed {
  if (!offered) return { name, state: "gone", pinned, offered }
  if (!pinned) return { name, state: "new", pinned, offered }
  return { name, state: pinned.digest === offered.digest ? "unchanged" : "changed", pinned, offered }
}
