import type { ToolVersion, Upstream } from "@tabard/core"
import { couldPermit } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { rehearsedOf } from "../observe/lets-through.ts"
import { isObserving } from "../observe/observe-store.ts"
import { livePrincipal, type PresentedToken } from "../tokens/check-token.ts"
import type { Snapshot } from "../transaction.ts"
import { describedBy } from "./described-by.ts"
import type { PolicyKeeper } from "./policies-in-force.ts"
import { agentsOf, linksOf } from "./question.ts"
import { beyondScope } from "./token-limits.ts"

export interface VisibleToolsDeps extends RecordContext {
  readonly snapshot: Snapshot<
    | "agents"
    | "delegations"
    | "facts"
    | "instances"
    | "observing"
    | "organisation"
    | "policies"
    | "risks"
    | "servers"
    | "tasks"
    | "teams"
    | "tokens"
    | "users"
  >
  readonly policies: PolicyKeeper
}

/**
 * Answers the tools of a server that some call of this agent could be permitted for. What no policy could permit is not
 * shown: an agent does not try what it does not see.
 *
 * @throws {Problem} where the agent may not act at all
 */
export async function visibleTools(
  deps: VisibleToolsDeps,
  caller: PresentedToken,
  server: Upstream,
): Promise<readonly ToolVersion[]> {
  return deps.snapshot(async (tx) => {
    const principal = await livePrincipal(tx, caller, deps.clock.now())
    const { base: enforced, tools, rehearsing } = await deps.policies.at(tx, { server: server.id, principal })
    const described = await describedBy(tx, agentsOf(principal))
    const links = linksOf({ principal, ...described })
    const period = await tx.observing.find(principal.agent.id)
    // Of an agent that is observed it is to be seen what it would call.
    const isObserved = isObserving(period, { environment: described.environment, now: deps.clock.now() })
    const base = isObserved ? rehearsing(rehearsedOf(principal)) : enforced
    const within = [...tools.values()].filter((tool) => !beyondScope(principal, tool))
    return within.filter((tool) => couldPermit(base, { organisation: deps.organisation.id, links, tool }))
  })
}
