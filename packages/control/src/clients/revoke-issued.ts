import type { Id } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact } from "../transaction.ts"

/** What ending tokens of a client needs. */
export interface RevokeIssuedDeps extends RecordContext {
  readonly transact: Transact<"clientGrants" | "organisation" | "outbox" | "tokens">
}

/**
 * Ends every token that a client of a person's was issued, and leaves what the person let it do: for when somebody else
 * seems to hold what it holds. It is an event also where none was live, since what they are issued by has ended.
 */
export async function revokeIssued(
  deps: RevokeIssuedDeps,
  id: Id<"clientGrant">,
  why: string,
): Promise<void> {
  await deps.transact(async (tx) => {
    const grant = await tx.clientGrants.byId(id)
    if (!grant?.instance) return
    const { agent, instance } = grant
    const tokens = await tx.tokens.revoke({ agent, instance }, deps.clock.now())
    await tx.organisation.bumpVersion()
    await recordEvent(deps, tx.outbox, {
      type: "token.revoked",
      actor: { kind: "system", id: "issuer" },
      agent,
      instance,
      onBehalfOf: grant.user,
      data: { tokens, why, client: grant.client },
    })
  })
}
