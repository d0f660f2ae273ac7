// SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
import type { ScanReport, SeenFinding, Severity } from "../report.ts"
import { findingFingerprints } from "./sarif-fingerprints.ts"
import { physicalLocation, type SarifLocation, sarifLocations, uriBases } from "./sarif-locations.ts"
import { rulesOf, type SarifRule } from "./sarif-rules.ts"
import { SARIF_LEVEL, type SarifLevel, type SarifText, sarifText } from "./sarif-text.ts"

/** A SARIF log, as far as a scan fills one. */
export interface SarifLog {
  readonly $schema: string
  readonly version: "2.1.0"
  readonly runs: readonly [SarifRun]
}

interface SarifRun {
  readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly SarifRule[] } }
  readonly automationDetails: { readonly id: string }
  readonly invocations: readonly [SarifInvocation]
  readonly originalUriBaseIds: Readonly<Record<string, { readonly uri: string }>>
  readonly columnKind: "utf16CodeUnits"
  readonly results: readonly SarifResult[]
}

interface SarifInvocation {
  readonly executionSuccessful: boolean
  readonly startTimeUtc: string
  readonly endTimeUtc: string
  readonly toolExecutionNotifications: readonly SarifNotification[]
}

interface SarifNotification {
  readonly level: SarifLevel
  readonly message: SarifText
  readonly locations: readonly SarifLocation[]
}

interface SarifResult {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: SarifLevel
  readonly message: SarifText
  readonly locations: readonly SarifLocation[]
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly properties: { readonly severity: Severity; readonly controls: readonly string[] }
}

/** Answers the findings of a report for code scanning: rules with help and control tags, results with places and stable fingerprints. */
export function sarifOf(report: ScanReport): SarifLog {
  const rules = rulesOf(report.findings)
  const fingerprints = findingFingerprints(report)
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Tabard", rules } },
        automationDetails: { id: "tabard/scan/" },
        invocations: [invocationOf(report)],
        originalUriBaseIds: uriBases(report.roots),
        columnKind: "utf16CodeUnits",
        results: report.findings.map((finding, at) =>
          resultOf(finding, report, rules, fingerprints[at] ?? ""),
        ),
      },
    ],
  }
}

function invocationOf(report: ScanReport): SarifInvocation {
  return {
    executionSuccessful: true,
    startTimeUtc: report.startedAt,
    endTimeUtc: report.finishedAt,
    toolExecutionNotifications: report.unreadable.map(({ path, reason }) => ({
      level: "warning",
      message: sarifText(`Not read: ${reason}`),
      locations: physicalLocation({ path, line: null }, report.roots),
    })),
  }
}

function resultOf(
  finding: SeenFinding,
  report: ScanReport,
  rules: readonly SarifRule[],
  fingerprint: string,
): SarifResult {
  return {
    ruleId: finding.rule,
    ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
    level: SARIF_LEVEL[finding.severity],
    message: sarifText(`${finding.message} ${finding.remediation}`),
    locations: sarifLocations(finding, report),
    partialFingerprints: { "tabardPlace/v1": fingerprint },
    properties: { severity: finding.severity, controls: finding.controls },
  }
}
