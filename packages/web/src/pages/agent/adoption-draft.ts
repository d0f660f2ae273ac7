import type { Adoption, AgentDetail } from "@tabard/api"
import type { TierName } from "@tabard/core"
import { dateFieldAfter } from "../../words/time.ts"

const TERM_DAYS = 90

/** An adoption as it is being written. */
export interface AdoptionDraft {
  readonly name: string
  readonly purpose: string
  readonly tier: TierName
  /** As a date field writes it. */
  readonly until: string
  readonly accepted: boolean
}

/** Answers where an adoption begins: the lowest tier, ninety days, nothing accepted. */
export function adoptionDraft(agent: AgentDetail, now: number): AdoptionDraft {
  const until = dateFieldAfter(TERM_DAYS, now)
  return { name: agent.name, purpose: agent.purpose ?? "", tier: "read-only", until, accepted: false }
}

/** Answers what is asked of the server, or undefined while something is missing or not accepted. */
export function adoptionOf(id: string, draft: AdoptionDraft): Adoption | undefined {
  const { name, purpose, tier, until, accepted } = draft
  if (!accepted || !name.trim() || !purpose.trim() || !until) return undefined
  return { id, name, purpose, tier, expiresAt: `${until}T23:59:59Z`, acceptOwnership: true }
}
