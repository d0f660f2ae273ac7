import { type Agent, isId, type OwnershipOffer, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { endTasks } from "./end-tasks.ts"
import type { StandingStores } from "./move-agent.ts"
import { activateIfAgreed, conflict, takeOn } from "./take-on.ts"
import { withdrawStanding } from "./withdraw-standing.ts"

/** The stores that an answer touches. */
type AnswerStores = StandingStores | "plans" | "users" | keyof AssessStores

export interface AnswerOfferDeps extends RecordContext {
  readonly transact: Transact<AnswerStores>
}

type Stores = Pick<Transaction, AnswerStores>

/**
 * Makes the person to whom an agent was offered its owner, on the terms of the offer. What the owner before was
 * answering for ends with it: tokens, open questions, tasks, codes to enrol keys by. The agent's keys stay.
 *
 * @throws {Problem} offer_not_found, offer_not_open, agent_state_conflict, not_allowed
 */
export async function acceptOwnership(deps: AnswerOfferDeps, by: Caller, id: string): Promise<Agent> {
  return deps.transact(async (tx) => {
    const offer = await offerTo(tx, by, id)
    const agent = await findAgent(tx.agents, offer.agent)
    await assertStillOffered(tx, offer, agent)
    const now = deps.clock.now()
    if (offer.terms && offer.terms.expiresAt <= now)
      throw notOpen("what it asks you to take on is over already")
    if (!(await tx.offers.end(offer.id, "accepted", now))) throw notOpen(OVER)

    const owned = await own(deps, tx, { agent, offer, by })
    await recordEvent(deps, tx.outbox, {
      type: "ownership.accepted",
      actor: { kind: "user", id: by.id },
      agent: agent.id,
      owner: by.id,
      data: { offer: offer.id, from: agent.owner },
    })
    const standing = offer.terms ? await activateIfAgreed(deps, tx, owned) : owned
    await reassessAgents(deps, tx, [agent.id])
    return standing
  })
}

/**
 * Says no to an offer: everything stays as it was.
 *
 * @throws {Problem} offer_not_found, offer_not_open, not_allowed
 */
export async function declineOwnership(
  deps: AnswerOfferDeps,
  by: Caller,
  { offer: id, reason }: { offer: string; reason: string },
): Promise<void> {
  await deps.transact(async (tx) => {
    const offer = await offerTo(tx, by, id)
    if (!(await tx.offers.end(offer.id, "declined", deps.clock.now()))) throw notOpen(OVER)
    await recordEvent(deps, tx.outbox, {
      type: "ownership.declined",
      actor: { kind: "user", id: by.id },
      agent: offer.agent,
      data: { offer: offer.id, to: offer.to, reason },
    })
  })
}

const OVER = "it was answered, replaced or taken back, or its time is over"

async function offerTo({ offers }: Pick<Stores, "offers">, by: Caller, id: string): Promise<OwnershipOffer> {
  const offer = isId("offer", id) ? await offers.find(id) : undefined
  if (!offer) throw new Problem("offer_not_found", `there is no offer ${id.slice(0, 80)}`)
  if (offer.to !== by.id)
    throw new Problem("not_allowed", "only the person it was offered to can answer an offer")
  return offer
}

/** Who offered it must be able to offer it now: what a person left behind binds nobody. */
async function assertStillOffered(
  { plans, users }: Pick<Stores, "plans" | "users">,
  offer: OwnershipOffer,
  agent: Agent,
): Promise<void> {
  const offerer = await users.find(offer.by)
  if (offerer?.active && (isSteward(offerer) || offerer.id === agent.owner)) return
  // Who left is spoken for by their departure, as long as what they left is theirs.
  const departure = offer.by === agent.owner && (await plans.latest("departure", offer.by))
  if (departure && departure.ended?.how !== "cancelled") return
  throw notOpen("who offered it may not do so any more; ask for a new offer")
}

async function own(
  deps: RecordContext,
  tx: Stores,
  { agent, offer, by }: { agent: Agent; offer: OwnershipOffer; by: Caller },
): Promise<Agent> {
  if (offer.terms) return takeOn(deps, tx, { agent, owner: by.id, terms: offer.terms })
  const now = deps.clock.now()
  if (!(await tx.agents.handOver(agent.id, agent.owner, by.id, now))) {
    throw conflict(agent, "nobody can take it over now")
  }
  const change = { agent, actor: { kind: "user", id: by.id } } as const
  await withdrawStanding(deps, tx, { ...change, why: "the agent was handed over" })
  await endTasks(deps, tx, change)
  // What the owner before wanted binds nobody.
  await tx.renewals.take(agent.id)
  await tx.organisation.bumpVersion()
  return { ...agent, owner: by.id, mandate: agent.mandate && { ...agent.mandate, acceptedAt: now } }
}

function notOpen(why: string): Problem {
  return new Problem("offer_not_open", why)
}
