/** Resource indicators: https://www.rfc-editor.org/rfc/rfc8707 */
import type { Snapshot } from "@tabard/control"
import { isId } from "@tabard/core"

/**
 * Answers whether tokens are issued for this address: the gateway, or one server behind it by its name or its id. A
 * token for one server is good at that one alone.
 */
export async function isServedResource(
  { snapshot, resource }: { snapshot: Snapshot<"servers">; resource: string },
  asked: string,
): Promise<boolean> {
  if (asked === resource) return true
  const server = asked.startsWith(`${resource}/`) ? asked.slice(resource.length + 1) : ""
  if (server === "") return false
  const found = await snapshot(({ servers }) =>
    isId("server", server) ? servers.find(server) : servers.findByName(server),
  )
  return found !== undefined
}
