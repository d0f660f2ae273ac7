import type { Upstream } from "@tabard/core"
import { type OpenUpstreamDeps, openUpstream } from "./open-upstream.ts"
import { readToolDefinitions, type UpstreamTool } from "./read-tool-definitions.ts"

/**
 * Answers what tools an upstream defines, over a connection of its own that is closed again: for registering a server,
 * and for comparing it with what was pinned.
 *
 * @throws {UpstreamFault}
 */
export async function listUpstreamTools(
  deps: OpenUpstreamDeps,
  upstream: Upstream,
): Promise<readonly UpstreamTool[]> {
  const connection = await openUpstream(deps, upstream)
  try {
    return await readToolDefinitions(connection, deps.limits.startMs)
  } finally {
    await connection.close()
  }
}
