import type { Mandate } from "@tabard/core"
import { fromTime, toTime } from "../columns.ts"
import type { AgentRow } from "../tables/registry.ts"

/** The columns of an agent that hold its mandate. */
type MandateColumns = Pick<
  AgentRow,
  "purpose" | "tier" | "mandate_expires_at" | "proposed_by" | "accepted_at" | "oversight" | "approved_by"
>

/** The columns of an agent that nobody took anything upon themselves for. */
export const NO_MANDATE: MandateColumns = {
  purpose: null,
  tier: null,
  mandate_expires_at: null,
  proposed_by: null,
  accepted_at: null,
  oversight: null,
  approved_by: null,
}

/** Writes a mandate as its columns. */
export function mandateColumns(mandate: Mandate): MandateColumns {
  return {
    purpose: mandate.purpose,
    tier: mandate.tier,
    mandate_expires_at: toTime(mandate.expiresAt),
    proposed_by: mandate.proposedBy,
    accepted_at: toTime(mandate.acceptedAt),
    oversight: mandate.oversight,
    approved_by: mandate.approvedBy,
  }
}

/** Reads a mandate back. The table keeps it whole or not at all, so one missing column means that there is none. */
export function mandateOf(row: AgentRow): Mandate | null {
  const { purpose, tier, mandate_expires_at, proposed_by, accepted_at, oversight } = row
  if (purpose === null || tier === null || proposed_by === null) return null
  if (mandate_expires_at === null || accepted_at === null || oversight === null) return null
  return {
    purpose,
    tier,
    expiresAt: fromTime(mandate_expires_at),
    proposedBy: proposed_by,
    acceptedAt: fromTime(accepted_at),
    oversight,
    approvedBy: row.approved_by,
  }
}
