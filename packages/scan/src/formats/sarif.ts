import type { ScanReport } from "../report.ts"
import { SCAN_RULES } from "../rules/scan-rules.ts"
import { findingFingerprints } from "./sarif-fingerprints.ts"
import { reportedPlaces } from "./sarif-locations.ts"
import { type SarifLog, sarifLog } from "./sarif-log.ts"

/** Answers the findings of a report for code scanning. */
export function sarifOf(report: ScanReport): SarifLog {
  const fingerprints = findingFingerprints(report)
  return sarifLog({
    id: "tabard/scan/",
    rules: SCAN_RULES,
    roots: report.roots,
    startedAt: report.startedAt,
    finishedAt: report.finishedAt,
    unreadable: report.unreadable,
    results: report.findings.map((finding, at) => ({
      finding,
      places: reportedPlaces(finding, report),
      fingerprint: fingerprints[at] ?? "",
    })),
  })
}
