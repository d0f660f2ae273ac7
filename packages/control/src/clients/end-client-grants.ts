import { type ClientGrant, type Id, Problem } from "@tabard/core"
import type { Actor, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import type { Transact, Transaction } from "../transaction.ts"

/** The stores that ending a grant touches. */
export type EndingStores = "clientGrants" | "instances" | "organisation" | "outbox" | "tokens"

/** What ending what people let clients do needs. */
export interface EndClientGrantDeps extends RecordContext {
  readonly transact: Transact<EndingStores>
}

/**
 * Ends what a person lets a client do: its instance is revoked, and every token of it ends now. The person may, and
 * whoever looks after other people's agents, who put out for good also what its person had signed out.
 *
 * @throws {Problem} client_grant_not_found, also where it is somebody else's and not the caller's to end
 */
export async function endClientGrant(deps: EndClientGrantDeps, by: Caller, id: string): Promise<void> {
  await deps.transact(async (tx) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a word that is no id finds nothing
    const grant = await tx.clientGrants.byId(id as Id<"clientGrant">)
    const may = grant && (grant.user === by.id || isSteward(by))
    const ending = { grant, actor: { kind: "user", id: by.id }, signedOut: grant?.user === by.id } as const
    if (!may || !(await endWithin(deps, tx, { ...ending, grant }))) {
      throw new Problem("client_grant_not_found", "there is no such client signed in (any more)")
    }
  })
}

/** What is ended, by whom, and whether that is its person's signing out: nobody's who says nothing of it. */
export interface GrantEnding {
  readonly grant: ClientGrant
  readonly actor: Actor
  readonly signedOut?: boolean
}

/** Ends one within a transaction that goes on; answers false where there was nothing left to end. */
export async function endWithin(
  deps: RecordContext,
  tx: Pick<Transaction, EndingStores>,
  { grant, actor, signedOut = false }: GrantEnding,
): Promise<boolean> {
  const now = deps.clock.now()
  if (!(await tx.clientGrants.end(grant.id, { at: now, signedOut }))) return false
  if (grant.instance) {
    await tx.instances.revoke(grant.instance, now)
    await tx.tokens.revoke({ agent: grant.agent, instance: grant.instance }, now)
  }
  await tx.organisation.bumpVersion()
  await recordEvent(deps, tx.outbox, {
    type: "client.ended",
    actor,
    agent: grant.agent,
    ...(grant.instance && { instance: grant.instance }),
    onBehalfOf: grant.user,
    data: { clientGrant: grant.id, client: grant.client, name: grant.name },
  })
  return true
}
