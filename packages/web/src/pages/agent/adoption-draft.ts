import type { Adoption, AgentDetail } from "@tabard/api"
import type { Category, TierName } from "@tabard/core"
import { dateFieldAfter } from "../../words/time.ts"

const TERM_DAYS = 90

/** An adoption as it is being written. */
export interface AdoptionDraft {
  readonly name: string
  readonly purpose: string
  readonly tier: TierName
  /** As a date field writes it. */
  readonly until: string
  /** Empty where it is not known yet. */
  readonly category: Category | ""
  /** The id of who is to own it; empty for whoever adopts. */
  readonly owner: string
  readonly note: string
  readonly accepted: boolean
}

/** Answers where an adoption begins: the lowest tier, ninety days, nothing accepted. */
export function adoptionDraft(agent: AgentDetail, now: number): AdoptionDraft {
  const until = dateFieldAfter(TERM_DAYS, now)
  const { name } = agent
  const category = agent.category ?? ""
  const open = { owner: "", note: "", accepted: false }
  return { name, purpose: agent.purpose ?? "", tier: "read-only", until, category, ...open }
}

/** Answers what is asked of the server: to own it oneself, or to ask somebody else. */
export function adoptionOf(id: string, draft: AdoptionDraft): Adoption {
  const { name, purpose, tier, until, category, owner, note, accepted } = draft
  const terms = { id, name, purpose, tier, category: category || undefined, expiresAt: `${until}T23:59:59Z` }
  if (owner === "") return { ...terms, acceptOwnership: accepted }
  return { ...terms, acceptOwnership: false, owner, note: note.trim() || undefined }
}
