import type { Id } from "../ids.ts"
import type { AgentState } from "../lifecycle.ts"
import type { TierName } from "./tier.ts"

/** The kinds of agent, as the field uses them: SaaS, on a person's machine, in a backend. */
export const CATEGORIES = ["chatbot", "local", "production"] as const

/** One kind of agent. */
export type Category = (typeof CATEGORIES)[number]

/** How far an agent goes by itself, the effective setting of its client. */
export const AUTONOMY_LEVELS = [
  "none",
  "not_stated",
  "restricted",
  "partial",
  "broad",
  "unrestricted",
  "client_default_unrestricted",
] as const

/** One level of autonomy. */
export type AutonomyLevel = (typeof AUTONOMY_LEVELS)[number]

/** How an adoption is overseen: by a second person, by nobody as the tier needs none, or by the only administrator there is. */
export type Oversight = "two-person" | "not-required" | "sole-administrator"

/** What a person took upon themselves for an agent: without it there is no token. */
export interface Mandate {
  readonly purpose: string
  readonly tier: TierName
  readonly expiresAt: Date
  readonly proposedBy: Id<"user">
  /** When the owner said yes to being the owner. */
  readonly acceptedAt: Date
  readonly oversight: Oversight
  /** The second person, once they agreed; null where none is needed or none has. */
  readonly approvedBy: Id<"user"> | null
}

/** What a person is asked to take upon themselves with an agent that is to act: a mandate without their yes. */
export type Terms = Pick<Mandate, "purpose" | "tier" | "expiresAt" | "proposedBy">

/** Software that acts with some autonomy through a model; the thing governed. What describes it are facts. */
export interface Agent {
  readonly id: Id<"agent">
  readonly state: AgentState
  /** The one accountable person; null is *orphaned*, and an orphaned agent gets no token. */
  readonly owner: Id<"user"> | null
  readonly mandate: Mandate | null
  readonly createdAt: Date
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Answers the moment such that what was found until then, and is still only discovered at `now`, is *shadow*. */
export function shadowSince(graceDays: number, now: Date): Date {
  return new Date(now.getTime() - graceDays * DAY_MS)
}

/** Answers whether an agent was found and then left: discovered, and past its grace period. */
export function isShadow({ state, createdAt }: Agent, graceDays: number, now: Date): boolean {
  return state === "discovered" && createdAt <= shadowSince(graceDays, now)
}
