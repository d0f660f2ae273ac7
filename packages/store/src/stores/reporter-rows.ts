import type { ReporterEnrolment } from "@tabard/control"
import type { Reporter, ReporterActivity } from "@tabard/core"
import { fromJson, fromTime, toJson, toTime } from "../columns.ts"
import type { ReporterEnrolmentRow, ReporterRow } from "../tables/reporters.ts"

/** What is written of a reporter when it is enrolled; the rest begins empty. */
export type NewReporterRow = Pick<
  ReporterRow,
  "id" | "name" | "jwk" | "thumbprint" | "enrolled_by" | "enrolled_at" | "revoked_by" | "revoked_at"
> &
  Record<"paced_until" | "turn_until" | "reports" | "refused" | "refusal_told_at", 0>

/** Writes a reporter that has not sent anything. */
export function toReporterRow(reporter: Reporter): NewReporterRow {
  return {
    id: reporter.id,
    name: reporter.name,
    jwk: toJson(reporter.jwk),
    thumbprint: reporter.thumbprint,
    enrolled_by: reporter.enrolledBy,
    enrolled_at: toTime(reporter.enrolledAt),
    revoked_by: reporter.revoked?.by ?? null,
    revoked_at: reporter.revoked ? toTime(reporter.revoked.at) : null,
    paced_until: 0,
    turn_until: 0,
    reports: 0,
    refused: 0,
    refusal_told_at: 0,
  }
}

/** Reads a reporter back. */
export function fromReporterRow(row: ReporterRow): Reporter {
  const { revoked_by: by, revoked_at: at } = row
  return {
    id: row.id,
    name: row.name,
    jwk: fromJson(row.jwk),
    thumbprint: row.thumbprint,
    enrolledBy: row.enrolled_by,
    enrolledAt: fromTime(row.enrolled_at),
    revoked: by === null || at === null ? null : { by, at: fromTime(at) },
  }
}

/** Reads what a reporter has sent. */
export function activityOf(row: ReporterRow): ReporterActivity {
  const { last_scan: scan, last_report_at: at, last_refusal: why, last_refused_at: refusedAt } = row
  return {
    reports: row.reports,
    lastReport:
      scan === null || at === null
        ? null
        : { scan, at: fromTime(at), agents: row.last_agents ?? 0, unreadable: row.last_unreadable ?? 0 },
    refused: row.refused,
    lastRefusal: why === null || refusedAt === null ? null : { at: fromTime(refusedAt), why },
  }
}

/** Reads an offered enrolment back. */
export function fromReporterEnrolmentRow(row: ReporterEnrolmentRow): ReporterEnrolment {
  return {
    codeHash: row.code_hash,
    name: row.name,
    createdBy: row.created_by,
    expiresAt: fromTime(row.expires_at),
  }
}
