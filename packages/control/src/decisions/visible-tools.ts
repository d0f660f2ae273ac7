import type { ToolVersion, Upstream } from "@tabard/core"
import { couldPermit } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { livePrincipal, type PresentedToken, type PrincipalStore } from "../tokens/check-token.ts"
import type { Snapshot } from "../transaction.ts"
import type { EnforcementPoint } from "./enforcement-point-store.ts"
import { type DoorStore, judgeDoor } from "./judge-door.ts"
import type { PolicyKeeper } from "./policies-in-force.ts"
import { linksOf, seenOf } from "./question.ts"
import { beyondScope } from "./token-limits.ts"

export interface VisibleToolsDeps extends RecordContext {
  readonly snapshot: Snapshot<DoorStore | PrincipalStore>
  readonly policies: PolicyKeeper
  /** The door that asks. */
  readonly point: Pick<EnforcementPoint, "asserts" | "kind">
}

/**
 * Answers the tools of a server that some call of this agent could be permitted for. What no policy could permit is not
 * shown, and whom a policy keeps from looking at all is shown none: an agent does not try what it does not see.
 *
 * @throws {TokenRefused} where the agent may not act at all
 */
export async function visibleTools(
  deps: VisibleToolsDeps,
  caller: PresentedToken,
  server: Upstream,
): Promise<readonly ToolVersion[]> {
  return deps.snapshot(async (tx) => {
    const principal = await livePrincipal(tx, caller, deps.clock.now())
    const { keptOut, inForce, described, base } = await judgeDoor(deps, tx, {
      door: "tools/list",
      server: server.id,
      principal,
      point: deps.point,
      circumstances: seenOf(caller),
    })
    if (keptOut) return []
    const links = linksOf({ principal, ...described })
    const within = [...inForce.tools.values()].filter((tool) => !beyondScope(principal, tool))
    return within.filter((tool) => couldPermit(base, { organisation: deps.organisation.id, links, tool }))
  })
}
