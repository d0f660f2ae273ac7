import { type Delegation, type Id, isId, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import type { Transact, Transaction } from "../transaction.ts"

export interface WithdrawDelegationDeps extends RecordContext {
  readonly transact: Transact<"agents" | "delegations" | "organisation" | "outbox" | "tokens">
}

/** A permission that was withdrawn, and how many live tokens ended with it. */
export interface WithdrawnDelegation {
  readonly delegation: Delegation
  readonly tokens: number
}

/**
 * Withdraws a permission to delegate, with every live token that was exchanged under it and all that came from those.
 * Whoever answers for either agent may.
 *
 * @throws {Problem} delegation_not_found, not_allowed
 */
export async function withdrawDelegation(
  deps: WithdrawDelegationDeps,
  by: Caller,
  id: string,
): Promise<WithdrawnDelegation> {
  return deps.transact(async (tx) => {
    const found = await findDelegation(tx, id)
    const owners = await ownersOf(tx, found)
    if (owners.to !== by.id) assertAnswersFor(by, owners.from)

    const now = deps.clock.now()
    if (!(await tx.delegations.withdraw(found.id, now)))
      throw new Problem("delegation_not_found", `${found.id} was withdrawn already`)
    const tokens = await tx.tokens.revokeUnder(found.id, now)
    await tx.organisation.bumpVersion()
    const actor = { kind: "user", id: by.id } as const
    await recordEvent(deps, tx.outbox, {
      type: "delegation.withdrawn",
      actor,
      agent: found.from,
      owner: owners.from,
      resource: found.to,
      data: { delegation: found.id, tokens },
    })
    if (tokens > 0) {
      const data = { tokens, why: "a permission to delegate was withdrawn" }
      await recordEvent(deps, tx.outbox, {
        type: "token.revoked",
        actor,
        agent: found.to,
        owner: owners.to,
        data,
      })
    }
    return { delegation: { ...found, withdrawnAt: now }, tokens }
  })
}

async function findDelegation(
  { delegations }: Pick<Transaction, "delegations">,
  id: string,
): Promise<Delegation> {
  const found = isId("delegation", id) ? await delegations.find(id) : undefined
  if (!found) throw new Problem("delegation_not_found", `there is no delegation ${id.slice(0, 80)}`)
  return found
}

async function ownersOf(
  { agents }: Pick<Transaction, "agents">,
  { from, to }: Delegation,
): Promise<Record<"from" | "to", Id<"user"> | null>> {
  return {
    from: (await agents.find(from))?.owner ?? null,
    to: (await agents.find(to))?.owner ?? null,
  }
}
