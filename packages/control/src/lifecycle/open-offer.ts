import { type Agent, newId, type OwnershipOffer } from "@tabard/core"
import type { Actor, AuditEvent, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent, recordEvents } from "../audit/event/record-event.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transaction } from "../transaction.ts"

/** How long a person has to answer: a holiday of a week, and no more than that without somebody answering for an agent. */
const OFFER_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000

type OfferStores = Pick<Transaction, "offers" | "outbox">

/** What is offered to whom, by whom. */
export interface NewOffer extends Pick<OwnershipOffer, "to" | "note" | "terms"> {
  readonly agent: Agent
  readonly by: Pick<Caller, "id">
  /** Who makes it, where that is not whom it is made by. */
  readonly actor?: Actor
}

/** Offers an agent to a person, in place of whatever offer of it was pending. */
export async function openOffer(
  deps: RecordContext,
  tx: OfferStores,
  offer: NewOffer,
): Promise<OwnershipOffer> {
  const [kept] = await openOffers(deps, tx, [offer])
  if (!kept) throw new Error("an offer that was made is answered")
  return kept
}

/** Offers each of the agents to a person, in place of whatever offers of them were pending. */
export async function openOffers(
  deps: RecordContext,
  tx: OfferStores,
  offers: readonly NewOffer[],
): Promise<readonly OwnershipOffer[]> {
  const withdrawn = await tx.offers.withdraw(
    offers.map(({ agent }) => agent.id),
    deps.clock.now(),
  )
  const replaced = new Map(withdrawn.map((offer) => [offer.agent, offer]))
  const kept = offers.map((offer) => keptOffer(deps, offer))
  await tx.offers.insertAll(kept)
  const events = offers.flatMap(({ agent, by, actor }, at) => {
    const [before, offer] = [replaced.get(agent.id), kept[at]]
    const maker: Actor = actor ?? { kind: "user", id: by.id }
    const change = { agent, actor: maker, why: "another offer took its place" }
    return [...(before ? [withdrawal(before, change)] : []), ...(offer ? [offered(offer, agent, maker)] : [])]
  })
  await recordEvents(deps, tx.outbox, events)
  return kept
}

function keptOffer({ clock }: RecordContext, { agent, by, to, note, terms }: NewOffer): OwnershipOffer {
  const offeredAt = clock.now()
  return {
    id: newId("offer", clock),
    agent: agent.id,
    to,
    by: by.id,
    note,
    terms,
    offeredAt,
    expiresAt: new Date(offeredAt.getTime() + OFFER_LIFETIME_MS),
    state: { kind: "pending" },
  }
}

function offered({ id, to, note, expiresAt }: OwnershipOffer, agent: Agent, actor: Actor): AuditEvent {
  return {
    type: "ownership.offered",
    actor,
    agent: agent.id,
    owner: agent.owner,
    data: { offer: id, to, note, expiresAt: expiresAt.toISOString() },
  }
}

/** Whose offer is taken back, by whom, and why. */
interface Withdrawal {
  readonly agent: Agent
  readonly actor: Actor
  readonly why: string
}

/** Takes back whatever offer of an agent is pending, with its event; answers it, or undefined where there was none. */
export async function withdrawPending(
  deps: RecordContext,
  { offers, outbox }: OfferStores,
  change: Withdrawal,
): Promise<OwnershipOffer | undefined> {
  const [offer] = await offers.withdraw([change.agent.id], deps.clock.now())
  if (offer) await recordEvent(deps, outbox, withdrawal(offer, change))
  return offer
}

function withdrawal({ id, to }: OwnershipOffer, { agent, actor, why }: Withdrawal): AuditEvent {
  const data = { offer: id, to, why }
  return { type: "ownership.withdrawn", actor, agent: agent.id, owner: agent.owner, data }
}
