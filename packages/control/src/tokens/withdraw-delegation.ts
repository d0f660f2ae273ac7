import { type Delegation, type Id, isId, Problem } from "@tabard/core"
import type { Actor, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import type { Transact, Transaction } from "../transaction.ts"

/** The stores that withdrawing touches. */
export type WithdrawingStores = Pick<
  Transaction,
  "agents" | "delegations" | "organisation" | "outbox" | "tokens"
>

export interface WithdrawDelegationDeps extends RecordContext {
  readonly transact: Transact<keyof WithdrawingStores>
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

    const actor = { kind: "user", id: by.id } as const
    const tokens = await withdrawWithin(deps, tx, { delegation: found, actor })
    if (tokens === undefined) throw new Problem("delegation_not_found", `${found.id} was withdrawn already`)
    return { delegation: { ...found, withdrawnAt: deps.clock.now() }, tokens }
  })
}

/**
 * Withdraws one within a transaction that goes on; answers how many live tokens ended with it, or undefined where it was
 * withdrawn already.
 */
export async function withdrawWithin(
  deps: RecordContext,
  tx: WithdrawingStores,
  { delegation, actor }: { readonly delegation: Delegation; readonly actor: Actor },
): Promise<number | undefined> {
  const { id, from, to } = delegation
  const now = deps.clock.now()
  if (!(await tx.delegations.withdraw(id, now))) return undefined
  const tokens = await tx.tokens.revokeUnder(id, now)
  await tx.organisation.bumpVersion()
  const owners = await ownersOf(tx, delegation)
  await recordEvent(deps, tx.outbox, {
    type: "delegation.withdrawn",
    actor,
    agent: from,
    owner: owners.from,
    resource: to,
    data: { delegation: id, tokens },
  })
  if (tokens === 0) return tokens
  const data = { tokens, why: "a permission to delegate was withdrawn" }
  await recordEvent(deps, tx.outbox, { type: "token.revoked", actor, agent: to, owner: owners.to, data })
  return tokens
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
