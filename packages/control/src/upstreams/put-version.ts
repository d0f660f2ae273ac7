import { type JsonObject, Problem, type ToolVersion, type Upstream } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { fitEvent } from "../audit/event/fit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { recompileManifests } from "../decisions/recompile-manifests.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
import { indexUpstreams } from "../search/index-things.ts"
import type { Transact, Transaction } from "../transaction.ts"

/** The stores that another version of a tool touches. */
export type PutVersionStore =
  | "organisation"
  | "outbox"
  | "policies"
  | "search"
  | "servers"
  | keyof AssessStores

export interface PutVersionDeps extends RecordContext {
  readonly transact: Transact<PutVersionStore>
}

/** A version to put in force, in place of the one that the person saw; null where there was none. */
export interface NewVersion {
  readonly server: Upstream
  readonly seen: ToolVersion | null
  readonly version: ToolVersion & Required<Pick<ToolVersion, "review">>
}

/**
 * Puts a reviewed version of a tool in force with all that follows from it: manifests that speak of it are compiled anew, and
 * the record says what was seen before, what stands now, and whose manifests changed.
 *
 * @throws {Problem} tool_conflict, where another version was put in force meanwhile
 */
export async function putVersion(
  deps: RecordContext,
  tx: Pick<Transaction, PutVersionStore>,
  { server, seen, version }: NewVersion,
): Promise<ToolVersion> {
  const stands = seen ? await tx.servers.repin(seen.id, version) : await pinFirst(tx, version)
  if (!stands) {
    throw new Problem(
      "tool_conflict",
      `${version.name} was reviewed by somebody else meanwhile: look at it again`,
    )
  }
  const { by, reason } = version.review
  const manifests = await recompileManifests(deps, tx, { server, by })
  await indexUpstreams(tx, [server], await tx.servers.pinned(server.id))
  await tx.organisation.bumpVersion()
  await reassessAgents(
    deps,
    tx,
    manifests.map(({ agent }) => agent),
  )
  const { told, left } = fitEvent(manifests.map(({ agent, compiles }) => ({ agent, compiles })))
  await recordEvent(deps, tx.outbox, {
    type: "server.tool-reviewed",
    actor: { kind: "user", id: by },
    resource: server.id,
    action: `${server.name}/${version.name.slice(0, 200)}`,
    data: {
      version: version.id,
      how: seen?.digest === version.digest ? "corrected" : "reviewed",
      reason,
      before: seen && sideInEvent(seen),
      after: sideInEvent(version),
      manifests: told,
      ...(left > 0 && { moreManifests: left }),
    },
  })
  return version
}

/** A tool that nobody had reviewed has no version to be seen: its first is one that nobody else put there. */
async function pinFirst({ servers }: Pick<Transaction, "servers">, version: ToolVersion): Promise<boolean> {
  const pinned = await servers.pinned(version.server)
  if (pinned.some(({ name }) => name === version.name)) return false
  await servers.pin(version)
  return true
}

/** Roles fill no event: a definition may have hundreds of arguments. */
function sideInEvent({ id, digest, effects, roles }: ToolVersion): JsonObject {
  const { told, left } = fitEvent(
    Object.entries(roles).map(([argument, own]) => ({ argument, roles: [...own] })),
  )
  const first = told.slice(0, MOST_ROLES)
  const untold = left + told.length - first.length
  return {
    version: id,
    digest,
    effects: [...effects],
    roles: first,
    ...(untold > 0 && { moreRoles: untold }),
  }
}

const MOST_ROLES = 40
