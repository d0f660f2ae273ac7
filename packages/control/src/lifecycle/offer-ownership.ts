import { type Agent, type AgentState, type OwnershipOffer, Problem, type User } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import { requirePerson } from "../registry/require-person.ts"
import type { Transact } from "../transaction.ts"
import { openOffer, withdrawPending } from "./open-offer.ts"

export interface OfferOwnershipDeps extends RecordContext {
  readonly transact: Transact<"agents" | "offers" | "outbox" | "users">
}

/** Who is asked to answer for which agent. */
export interface OfferRequest {
  readonly agent: string
  readonly to: string
  readonly note?: string | undefined
}

/** What is going or gone needs nobody new to answer for it. */
const PAST_OWNING: readonly AgentState[] = ["dismissed", "retiring", "retired"]

/**
 * Asks a person to answer for an agent, or to take it over from its owner. Until they say yes, nothing changes: whoever
 * owns it now goes on, and what is nobody's stays orphaned. A new offer replaces one that is pending.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, person_not_found, not_allowed
 */
export async function offerOwnership(
  deps: OfferOwnershipDeps,
  by: Caller,
  { agent: id, to, note }: OfferRequest,
): Promise<OwnershipOffer> {
  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    const person = await requirePerson(tx.users, to)
    assertCanBeOffered(agent, person)
    return openOffer(deps, tx, { agent, by, to: person.id, note: note ?? null, terms: null })
  })
}

/**
 * Takes a pending offer back.
 *
 * @throws {Problem} agent_not_found, offer_not_found, not_allowed
 */
export async function withdrawOffer(deps: OfferOwnershipDeps, by: Caller, id: string): Promise<void> {
  await deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    const actor = { kind: "user", id: by.id } as const
    const withdrawn = await withdrawPending(deps, tx, { agent, actor, why: "it was taken back" })
    if (!withdrawn) throw new Problem("offer_not_found", "no offer of this agent is pending")
  })
}

/** How many are marked in one transaction. */
const BATCH = 100

/** Marks offers that nobody answered in time; answers how many. Nothing waits for it: a late answer is refused anyway. */
export async function expireOffers(deps: OfferOwnershipDeps): Promise<number> {
  return deps.transact(async ({ offers, outbox }) => {
    const over = await offers.expire(deps.clock.now(), BATCH)
    for (const { id, agent, to } of over) {
      await recordEvent(deps, outbox, {
        type: "ownership.expired",
        actor: { kind: "system", id: "expiry" },
        agent,
        data: { offer: id, to },
      })
    }
    return over.length
  })
}

/**
 * Lets through an agent that this person can be asked to answer for.
 *
 * @throws {Problem} agent_state_conflict
 */
export function assertCanBeOffered({ state, owner }: Agent, to: User): void {
  if (PAST_OWNING.includes(state)) {
    throw new Problem("agent_state_conflict", `the agent is ${state}: nobody can take it over any more`)
  }
  if (to.id === owner) throw new Problem("agent_state_conflict", `${to.name} owns it already`)
}
