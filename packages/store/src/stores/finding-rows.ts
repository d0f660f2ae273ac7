import type { Sighting } from "@tabard/control"
import { type Finding, type FindingStanding, SEVERITIES, type Severity } from "@tabard/core"
import { fromJson, fromTime, toJson, toTime } from "../columns.ts"
import type { FindingRow, FindingSightingRow } from "../tables/findings.ts"

/** Writes a severity as a number that rises with it, 1 to 4. */
export function toRank(severity: Severity): number {
  return SEVERITIES.length - SEVERITIES.indexOf(severity)
}

/** Reads a severity back. */
export function fromRank(rank: number): Severity {
  const severity = SEVERITIES[SEVERITIES.length - rank]
  if (!severity) throw new RangeError(`${rank} is no rank of a finding`)
  return severity
}

/** Writes what a source says as its row. */
export function toSightingRow(sighting: Sighting): Omit<FindingSightingRow, "organisation"> {
  const { source, rule, subject, severity, message, evidence } = sighting
  return { source, rule, subject, rank: toRank(severity), message, evidence: toJson(evidence) }
}

/** Reads back what a source says. */
export function fromSightingRow(row: FindingSightingRow): Sighting {
  const { source, rule, subject, rank, message, evidence } = row
  return { source, rule, subject, severity: fromRank(rank), message, evidence: fromJson(evidence) }
}

/** Writes a finding as its row. */
export function toFindingRow(finding: Finding): Omit<FindingRow, "organisation"> {
  return {
    id: finding.id,
    rule: finding.rule,
    subject: finding.subject,
    rank: toRank(finding.severity),
    message: finding.message,
    evidence: toJson(finding.evidence),
    opened_at: toTime(finding.openedAt),
    last_seen: toTime(finding.lastSeenAt),
    reopened: finding.reopened,
    ...standingColumns(finding.standing),
  }
}

/** Reads a finding back. */
export function fromFindingRow(row: FindingRow): Finding {
  return {
    id: row.id,
    rule: row.rule,
    subject: row.subject,
    severity: fromRank(row.rank),
    message: row.message,
    evidence: fromJson(row.evidence),
    standing: standingOf(row),
    openedAt: fromTime(row.opened_at),
    lastSeenAt: fromTime(row.last_seen),
    reopened: row.reopened,
  }
}

type StandingColumns = Pick<
  FindingRow,
  "state" | "resolved_at" | "accepted_by" | "accepted_at" | "accepted_until" | "reason"
>

/** Writes how a finding stands; what belongs to another state is emptied. */
export function standingColumns(standing: FindingStanding): StandingColumns {
  const accepted = standing.kind === "accepted" ? standing : undefined
  return {
    state: standing.kind,
    resolved_at: standing.kind === "resolved" ? toTime(standing.at) : null,
    accepted_by: accepted?.by ?? null,
    accepted_at: accepted ? toTime(accepted.at) : null,
    accepted_until: accepted ? toTime(accepted.until) : null,
    reason: accepted?.reason ?? null,
  }
}

function standingOf(row: FindingRow): FindingStanding {
  const { state, resolved_at, accepted_by, accepted_at, accepted_until, reason } = row
  if (state === "resolved" && resolved_at !== null) return { kind: "resolved", at: fromTime(resolved_at) }
  if (accepted_by === null || accepted_at === null || accepted_until === null || reason === null)
    return { kind: "open" }
  return {
    kind: "accepted",
    by: accepted_by,
    at: fromTime(accepted_at),
    reason,
    until: fromTime(accepted_until),
  }
}
