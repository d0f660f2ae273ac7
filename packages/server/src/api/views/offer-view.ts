import type { OfferView } from "@tabard/api"
import type { Transaction } from "@tabard/control"
import type { Id, InstanceKind, OwnershipOffer } from "@tabard/core"
import { type Names, namesOf } from "./names.ts"

/** The most delegations of one agent that are counted. */
const MOST_COUNTED = 1000

/** Shows offers with the names of today, and what comes with each agent. */
export async function offerViews(
  tx: Pick<Transaction, "delegations" | "facts" | "instances" | "users">,
  offers: readonly OwnershipOffer[],
  now: Date,
): Promise<readonly OfferView[]> {
  const names = await namesOf(tx, {
    agents: offers.map(({ agent }) => agent),
    people: offers.flatMap(({ to, by }) => [to, by]),
  })
  const shown: OfferView[] = []
  for (const offer of offers) shown.push(offerView(offer, names, await broughtBy(tx, offer.agent, now)))
  return shown
}

function offerView(offer: OwnershipOffer, names: Names, brings: OfferView["brings"]): OfferView {
  const { id, agent, to, by, note, terms, offeredAt, expiresAt } = offer
  return {
    id,
    agent: names.agent(agent),
    to: names.person(to),
    by: names.person(by),
    note,
    terms: terms && { purpose: terms.purpose, tier: terms.tier, expiresAt: terms.expiresAt.toISOString() },
    brings,
    offeredAt: offeredAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}

async function broughtBy(
  { instances, delegations }: Pick<Transaction, "delegations" | "instances">,
  agent: Id<"agent">,
  now: Date,
): Promise<OfferView["brings"]> {
  const live = (await instances.of(agent)).filter(({ revokedAt }) => revokedAt === null)
  const count = (kind: InstanceKind): number => live.filter((each) => each.kind === kind).length
  const allowed = await delegations.list({ agent, limit: MOST_COUNTED })
  return {
    keys: count("key"),
    trustRules: count("federated"),
    clients: count("client"),
    delegations: allowed.filter(({ expiresAt }) => expiresAt === null || expiresAt > now).length,
  }
}
