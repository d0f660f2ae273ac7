import { isId, Problem } from "@tabard/core"
import type { Actor, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { endTrustOf } from "../federation/remove-trust-rule.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Transact } from "../transaction.ts"

/** What revoking an install needs. */
export interface RevokeInstanceDeps extends RecordContext {
  readonly transact: Transact<"agents" | "instances" | "organisation" | "outbox" | "tokens" | "trustRules">
}

/** Which install of which agent, and why. */
export interface InstanceRevocation {
  readonly agent: string
  readonly instance: string
  readonly reason: string
}

/**
 * Ends one install of an agent for good: its keys, the present and the earlier one, are refused from the next request on,
 * and its tokens end with all that came from them. The agent's other installs go on.
 *
 * @throws {Problem} agent_not_found, not_allowed, instance_not_found
 */
export async function revokeInstance(
  deps: RevokeInstanceDeps,
  by: Caller,
  { agent: id, instance: named, reason }: InstanceRevocation,
): Promise<void> {
  await deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    const instance = isId("instance", named) ? await tx.instances.find(named) : undefined
    const at = deps.clock.now()
    const actor: Actor = { kind: "user", id: by.id }
    // The install of a trust rule is nothing without the rule, nor the rule without it.
    if (instance && (await endTrustOf(deps, tx, { agent, actor, reason, instance: instance.id })) > 0)
      return void (await tx.organisation.bumpVersion())
    if (instance?.agent !== agent.id || !(await tx.instances.revoke(instance.id, at)))
      throw new Problem("instance_not_found", "This agent has no live instance of that id.")
    const tokens = await tx.tokens.revoke({ agent: agent.id, instance: instance.id }, at)
    await tx.organisation.bumpVersion()
    const of = { actor, agent: agent.id, instance: instance.id, owner: agent.owner }
    await recordEvent(deps, tx.outbox, { ...of, type: "instance.revoked", data: { reason } })
    if (tokens > 0)
      await recordEvent(deps, tx.outbox, {
        ...of,
        type: "token.revoked",
        data: { tokens, why: "the instance was revoked" },
      })
  })
}
