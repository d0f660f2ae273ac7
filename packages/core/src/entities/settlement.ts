import type { Id } from "../ids.ts"

/**
 * How it is known that a credential works no longer: it was tried and refused, its provider says so, or it is gone from
 * its place and a named person answers for that. An exception says that nobody knows, and who signed for it.
 */
export const SETTLEMENTS = ["probed", "confirmed", "attested", "excepted"] as const

/** One way of knowing. */
export type SettledHow = (typeof SETTLEMENTS)[number]

/** What is known of one credential of an agent that is being retired. */
export interface Settlement {
  readonly agent: Id<"agent">
  /** An install of ours, or what a scan saw it hold. */
  readonly credential: Id<"instance"> | Id<"credential">
  readonly how: SettledHow
  /** Who says so; null where this program tried it. */
  readonly by: Id<"user"> | null
  /** What came of it: the refusal, in the code of its problem. */
  readonly outcome: string | null
  readonly at: Date
}
