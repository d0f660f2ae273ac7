import type { Agent, Category, Credential, FindingEvidence, FindingRule, TierName, User } from "@tabard/core"
import type { SelfGoverning } from "../../self-government/self-government-of.ts"

/** What the inventory knows of an agent, as its rules look at it. */
export interface InventoryAgent {
  readonly now: Date
  /** How many days a discovered agent may go without anybody taking it up. */
  readonly graceDays: number
  /** The tiers whose agents may have tokens that are bound to no key. */
  readonly bearerTiers: readonly TierName[]
  readonly agent: Agent
  readonly category: Category | null
  /** Who owns it, where that person is in the directory. */
  readonly owner: User | undefined
  readonly purpose: string | null
  /** When somebody means to look at it again. */
  readonly nextReview: Date | null
  /** Whether any scan saw it; what none saw was entered by hand. */
  readonly seen: boolean
  /** Whether it was seen once, and whoever looked again saw it no more. */
  readonly vanished: boolean
  /** When anybody saw it last; null where nobody ever did. */
  readonly lastSeen: Date | null
  /** When it was retired, if it was. */
  readonly retiredAt: Date | null
  readonly credentials: readonly Credential[]
  /** Whether its platform vouches for it, as far as was seen. */
  readonly federated: boolean
  /** How it could govern itself. */
  readonly selfGoverning: SelfGoverning
  /** The enrolled keys that still work. */
  readonly liveKeys: number
  /** Since when it has had keys and got no token by them; null where it has none, or uses them. */
  readonly idleSince: Date | null
  /** When its latest calls were denied because a limit was reached, newest first. */
  readonly deniedByLimits: readonly Date[]
}

/** A rule that looks at one agent of the inventory. */
export type AgentRule = FindingRule<InventoryAgent>

/** A day, in milliseconds. */
export const DAY_MS: number = 24 * 60 * 60 * 1000

/** Answers whether something went on for at least so many days. */
export function hasLasted(since: Date, days: number, now: Date): boolean {
  return now.getTime() - since.getTime() >= days * DAY_MS
}

/** Writes a day as findings do: a date stays true tomorrow, where a number of days would not. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

/** Evidence that stands in no file: the inventory itself says so. */
export function inventorySays(what: string): FindingEvidence {
  return { path: "the inventory", line: null, what }
}

/** Answers whether it was a mere discovery that is not there any more: nobody has to do anything about it. */
export function isPast({ agent, vanished }: InventoryAgent): boolean {
  return isEnded(agent) || (agent.state === "discovered" && vanished)
}

/** Answers whether it is no agent, or none any more. */
export function isEnded({ state }: Pick<Agent, "state">): boolean {
  return state === "dismissed" || state === "retired"
}
