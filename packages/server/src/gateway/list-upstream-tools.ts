import type { Upstream } from "@tabard/core"
import { type OpenUpstreamDeps, openUpstream } from "./open-upstream.ts"
import { readToolDefinitions, type UpstreamTool } from "./read-tool-definitions.ts"
import type { UpstreamConnection } from "./upstream-connection.ts"
import { UpstreamFault } from "./upstream-fault.ts"

/**
 * Answers what tools an upstream defines, over a connection of its own that is closed again: for registering a server,
 * and for comparing it with what was pinned. Of a program that ends instead, it says with which exit code.
 *
 * @throws {UpstreamFault}
 */
export async function listUpstreamTools(
  deps: OpenUpstreamDeps,
  upstream: Upstream,
): Promise<readonly UpstreamTool[]> {
  let ended: UpstreamFault | undefined
  const sandbox = { ...deps.sandbox, ended: (code: number | null) => void (ended = endedAtOnce(code)) }
  try {
    return await listOver(await openUpstream({ ...deps, sandbox }, upstream), deps.limits.startMs)
  } catch (error) {
    throw ended ?? error
  }
}

async function listOver(connection: UpstreamConnection, withinMs: number): Promise<readonly UpstreamTool[]> {
  try {
    return await readToolDefinitions(connection, withinMs)
  } finally {
    await connection.close()
  }
}

function endedAtOnce(code: number | null): UpstreamFault {
  const how = code === null ? "a signal" : `exit code ${code}`
  return new UpstreamFault(`the program ended at once (${how})`, false)
}
