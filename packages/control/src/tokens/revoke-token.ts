import { type Id, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact } from "../transaction.ts"

export interface RevokeTokenDeps extends RecordContext {
  readonly transact: Transact<"organisation" | "outbox" | "tokens">
}

/**
 * Ends a token on the word of the install that it was issued to, and with it whatever came from it. One that is unknown,
 * over or revoked already is no trouble (RFC 7009 §2.2): what was asked for is so.
 *
 * @throws {Problem} not_allowed, where it was issued to another install
 */
export async function revokeToken(deps: RevokeTokenDeps, by: Id<"instance">, jti: string): Promise<void> {
  const now = deps.clock.now()
  await deps.transact(async (tx) => {
    const token = await tx.tokens.find(jti)
    if (!token) return
    const { agent, instance, task } = token
    if (instance !== by) throw new Problem("not_allowed", "This token was issued to another client.")
    if (token.expiresAt <= now || !(await tx.tokens.revokeOne(jti, now))) return
    await tx.organisation.bumpVersion()
    const actor = { kind: "agent", id: agent, instance } as const
    await recordEvent(deps, tx.outbox, { type: "token.revoked", actor, agent, instance, task, data: { jti } })
  })
}
