import type { OfferView } from "@tabard/api"
import type { Transaction } from "@tabard/control"
import type { OwnershipOffer } from "@tabard/core"
import { type Names, namesOf } from "./names.ts"

/** Shows offers with the names of today. */
export async function offerViews(
  tx: Pick<Transaction, "facts" | "users">,
  offers: readonly OwnershipOffer[],
): Promise<readonly OfferView[]> {
  const names = await namesOf(tx, {
    agents: offers.map(({ agent }) => agent),
    people: offers.flatMap(({ to, by }) => [to, by]),
  })
  return offers.map((offer) => offerView(offer, names))
}

function offerView(offer: OwnershipOffer, names: Names): OfferView {
  const { id, agent, to, by, note, terms, offeredAt, expiresAt } = offer
  return {
    id,
    agent: names.agent(agent),
    to: names.person(to),
    by: names.person(by),
    note,
    terms: terms && { purpose: terms.purpose, tier: terms.tier, expiresAt: terms.expiresAt.toISOString() },
    offeredAt: offeredAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}
