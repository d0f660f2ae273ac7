import { type JsonObject, newId, type ToolVersion, type Upstream } from "@tabard/core"
import { pinTool } from "@tabard/intent"
import { knownEffects } from "@tabard/scan"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { packageOf } from "./package-of.ts"

/**
 * Makes a version of a tool as its server defines it now: its effects and roles are what is known of the package, or guessed
 * from the definition and from what the catalogue knows of the server, and nobody's word.
 *
 * @throws {Problem} tool_not_found, where the definition is none
 */
export function pinDefinition(
  { clock }: Pick<RecordContext, "clock">,
  { id: server, launch }: Upstream,
  definition: JsonObject,
): ToolVersion {
  const packageName = packageOf(launch)
  const serverEffects = knownEffects(launch.transport === "http" ? { url: launch.url } : launch)
  const { name, digest, effects, roles } = pinTool({
    server,
    definition,
    ...(packageName && { packageName }),
    ...(serverEffects && { serverEffects }),
  })
  return {
    id: newId("toolVersion", clock),
    server,
    name,
    digest,
    definition,
    effects,
    roles,
    pinnedAt: clock.now(),
  }
}
