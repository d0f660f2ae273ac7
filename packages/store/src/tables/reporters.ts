import type { Id, PublicJwk } from "@tabard/core"
import type { JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

export interface ReporterEnrolmentRow extends Owned {
  code_hash: string
  name: string
  created_by: Id<"user">
  expires_at: number
}

export interface ReporterRow extends Owned {
  id: Id<"reporter">
  name: string
  jwk: JsonText<PublicJwk>
  thumbprint: string
  enrolled_by: Id<"user">
  enrolled_at: number
  revoked_by: Id<"user"> | null
  revoked_at: number | null
  /** Until when the pace is used up. */
  paced_until: number
  /** Until when a report is being taken. */
  turn_until: number
  reports: number
  last_scan: Id<"scan"> | null
  last_report_at: number | null
  last_agents: number | null
  last_unreadable: number | null
  refused: number
  last_refusal: string | null
  last_refused_at: number | null
  refusal_told_at: number
}
