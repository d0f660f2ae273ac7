import { type Agent, newId, type OwnershipOffer } from "@tabard/core"
import { type Actor, type RecordContext, recordEvent } from "../audit/event.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transaction } from "../transaction.ts"

/** How long a person has to answer: a holiday of a week, and no more than that without somebody answering for an agent. */
const OFFER_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000

type OfferStores = Pick<Transaction, "offers" | "outbox">

/** What is offered to whom, by whom. */
export interface NewOffer extends Pick<OwnershipOffer, "to" | "note" | "terms"> {
  readonly agent: Agent
  readonly by: Caller
}

/** Offers an agent to a person, in place of whatever offer of it was pending. */
export async function openOffer(
  deps: RecordContext,
  tx: OfferStores,
  offer: NewOffer,
): Promise<OwnershipOffer> {
  const { agent, by, to, note, terms } = offer
  const actor: Actor = { kind: "user", id: by.id }
  await withdrawPending(deps, tx, { agent, actor, why: "another offer took its place" })

  const offeredAt = deps.clock.now()
  const kept: OwnershipOffer = {
    id: newId("offer", deps.clock),
    agent: agent.id,
    to,
    by: by.id,
    note,
    terms,
    offeredAt,
    expiresAt: new Date(offeredAt.getTime() + OFFER_LIFETIME_MS),
    state: { kind: "pending" },
  }
  await tx.offers.insert(kept)
  await recordEvent(deps, tx.outbox, {
    type: "ownership.offered",
    actor,
    agent: agent.id,
    owner: agent.owner,
    data: { offer: kept.id, to, note, expiresAt: kept.expiresAt.toISOString() },
  })
  return kept
}

/** Takes back whatever offer of an agent is pending, with its event; answers it, or undefined where there was none. */
export async function withdrawPending(
  deps: RecordContext,
  { offers, outbox }: OfferStores,
  { agent, actor, why }: { agent: Agent; actor: Actor; why: string },
): Promise<OwnershipOffer | undefined> {
  const offer = await offers.withdraw(agent.id, deps.clock.now())
  if (!offer) return undefined
  await recordEvent(deps, outbox, {
    type: "ownership.withdrawn",
    actor,
    agent: agent.id,
    owner: agent.owner,
    data: { offer: offer.id, to: offer.to, why },
  })
  return offer
}
