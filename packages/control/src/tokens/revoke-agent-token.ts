import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Transact } from "../transaction.ts"

/** What revoking one token of an agent needs. */
export interface RevokeAgentTokenDeps extends RecordContext {
  readonly transact: Transact<"agents" | "organisation" | "outbox" | "tokens">
}

/** Which token of which agent, and why. */
export interface TokenRevocation {
  readonly agent: string
  readonly jti: string
  readonly reason: string
}

/**
 * Ends one token of an agent on a person's word, and with it whatever came from it; the install that held it may ask for
 * another. One that is unknown, over or revoked already is no trouble: what was asked for is so.
 *
 * @throws {Problem} agent_not_found, not_allowed
 */
export async function revokeAgentToken(
  deps: RevokeAgentTokenDeps,
  by: Caller,
  { agent: id, jti, reason }: TokenRevocation,
): Promise<void> {
  await deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    const at = deps.clock.now()
    const token = await tx.tokens.find(jti)
    if (token?.agent !== agent.id || token.expiresAt <= at || !(await tx.tokens.revokeOne(jti, at))) return
    await tx.organisation.bumpVersion()
    const { instance, task } = token
    await recordEvent(deps, tx.outbox, {
      type: "token.revoked",
      actor: { kind: "user", id: by.id },
      agent: agent.id,
      owner: agent.owner,
      instance,
      task,
      data: { jti, why: reason },
    })
  })
}
