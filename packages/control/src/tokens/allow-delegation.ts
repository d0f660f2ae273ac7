import { type Delegation, delegates, type EffectClass, newId, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Transact } from "../transaction.ts"
import { requireActiveAgent } from "./require-active-agent.ts"

export interface AllowDelegationDeps extends RecordContext {
  readonly transact: Transact<"agents" | "delegations" | "organisation" | "outbox" | "users">
}

/** Which agent is to act for which, with how much, until when. */
export interface DelegationRequest {
  readonly from: string
  readonly to: string
  /** Null leaves it to each token that is exchanged. */
  readonly scope: readonly EffectClass[] | null
  readonly expiresAt: Date | null
}

/**
 * Lets one agent act for another: it may exchange that one's tokens from here on. It is the word of whoever answers for
 * the agent that is acted for; the other one's owner answers for what it does, and for no more than it may do anyway.
 *
 * @throws {Problem} agent_not_found, not_allowed, body_invalid, agent_not_active, delegation_exists
 */
export async function allowDelegation(
  deps: AllowDelegationDeps,
  by: Caller,
  request: DelegationRequest,
): Promise<Delegation> {
  const now = deps.clock.now()
  assertLasting(request, now)
  return deps.transact(async (tx) => {
    const from = await findAgent(tx.agents, request.from)
    assertAnswersFor(by, from.owner)
    const to = await findAgent(tx.agents, request.to)
    if (from.id === to.id) throw new Problem("body_invalid", "an agent acts for itself anyway; name another")
    for (const { id } of [from, to]) await requireActiveAgent(tx, id, now)

    const before = await tx.delegations.between(from.id, to.id)
    // One that is over makes room.
    if (before && !delegates(before, now)) await tx.delegations.withdraw(before.id, now)
    const allowed: Delegation = {
      id: newId("delegation", deps.clock),
      from: from.id,
      to: to.id,
      scope: request.scope,
      allowedBy: by.id,
      allowedAt: now,
      expiresAt: request.expiresAt,
      withdrawnAt: null,
    }
    if (!(await tx.delegations.allow(allowed)))
      throw new Problem("delegation_exists", `${to.id} may act for ${from.id} already; withdraw that first`)
    await tx.organisation.bumpVersion()
    await recordEvent(deps, tx.outbox, {
      type: "delegation.allowed",
      actor: { kind: "user", id: by.id },
      agent: from.id,
      owner: from.owner,
      resource: to.id,
      data: {
        delegation: allowed.id,
        ...(allowed.scope && { scope: [...allowed.scope] }),
        ...(allowed.expiresAt && { expiresAt: allowed.expiresAt.toISOString() }),
      },
    })
    return allowed
  })
}

function assertLasting({ expiresAt, scope }: DelegationRequest, now: Date): void {
  if (scope?.length === 0) throw new Problem("body_invalid", "name at least one effect class, or none at all")
  if (expiresAt !== null && expiresAt <= now)
    throw new Problem("body_invalid", "expiresAt has to be in the future")
}
