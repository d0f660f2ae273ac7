import type { Id } from "../ids.ts"
import type { Terms } from "./agent.ts"

/** How an offer can end. */
export const OFFER_ENDS = ["accepted", "declined", "withdrawn", "expired"] as const

/** One way in which an offer ended. */
export type OfferEnd = (typeof OFFER_ENDS)[number]

/** Where an offer stands. */
export type OfferState = { readonly kind: "pending" } | { readonly kind: OfferEnd; readonly at: Date }

/** A question to one person: whether they will answer for an agent. Nobody owns one without saying yes. */
export interface OwnershipOffer {
  readonly id: Id<"offer">
  readonly agent: Id<"agent">
  readonly to: Id<"user">
  readonly by: Id<"user">
  /** What the offerer says to it. */
  readonly note: string | null
  /** What is taken upon oneself with it, where the agent has no mandate yet; null where only the owner changes. */
  readonly terms: Terms | null
  readonly offeredAt: Date
  /** Until when it can be accepted. */
  readonly expiresAt: Date
  readonly state: OfferState
}
