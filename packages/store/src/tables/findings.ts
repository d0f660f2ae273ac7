import type { FindingEvidence, FindingState, Id } from "@tabard/core"
import type { JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

/** What one source says of one subject by one rule. */
export interface FindingSightingRow extends Owned {
  subject: string
  rule: string
  source: string
  /** 1 for low to 4 for critical. */
  rank: number
  message: string
  evidence: JsonText<readonly FindingEvidence[]>
}

/** Something to put right, and how it stands. */
export interface FindingRow extends Owned {
  id: Id<"finding">
  rule: string
  subject: string
  rank: number
  message: string
  evidence: JsonText<readonly FindingEvidence[]>
  state: FindingState
  opened_at: number
  last_seen: number
  reopened: number
  resolved_at: number | null
  accepted_by: Id<"user"> | null
  accepted_at: number | null
  accepted_until: number | null
  reason: string | null
}
