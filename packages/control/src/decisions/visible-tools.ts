import type { ToolVersion, Upstream } from "@tabard/core"
import { couldPermit } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { livePrincipal, type PresentedToken, type PrincipalStore } from "../tokens/check-token.ts"
import type { Snapshot, Transact, Transaction } from "../transaction.ts"
import { UNKNOWN } from "./described-by.ts"
import type { EnforcementPoint } from "./enforcement-point-store.ts"
import { baseBinding, type DoorStore, judgeDoor, type KeptOut } from "./judge-door.ts"
import type { PolicyKeeper } from "./policies-in-force.ts"
import { linksOf, seenOf } from "./question.ts"
import { recordDisputeAtDoor } from "./record-dispute.ts"
import { beyondScope } from "./token-limits.ts"

export interface VisibleToolsDeps extends RecordContext {
  readonly snapshot: Snapshot<DoorStore | PrincipalStore>
  readonly transact: Transact<"outbox">
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
  const { tools, keptOut } = await deps.snapshot((tx) => shownTools(deps, tx, caller, server))
  const { dispute } = keptOut ?? {}
  if (dispute) await deps.transact((tx) => recordDisputeAtDoor(deps, tx, dispute, server.id))
  return tools
}

interface Shown {
  readonly tools: readonly ToolVersion[]
  readonly keptOut?: KeptOut
}

async function shownTools(
  deps: VisibleToolsDeps,
  tx: Pick<Transaction, DoorStore | PrincipalStore>,
  caller: PresentedToken,
  { id }: Upstream,
): Promise<Shown> {
  const principal = await livePrincipal(tx, caller, deps.clock.now())
  const asked = { point: deps.point, circumstances: seenOf(caller) }
  const { keptOut, inForce } = await judgeDoor(deps, tx, {
    door: "tools/list",
    server: id,
    principal,
    ...asked,
  })
  if (keptOut) return { tools: [], keptOut }
  const base = await baseBinding(deps, tx, { principal, inForce })
  // Who the links are is all that scopes look at.
  const links = linksOf({ principal, ...UNKNOWN, actedFor: [] })
  const within = [...inForce.tools.values()].filter((tool) => !beyondScope(principal, tool))
  const organisation = deps.organisation.id
  return { tools: within.filter((tool) => couldPermit(base, { organisation, links, tool })) }
}
