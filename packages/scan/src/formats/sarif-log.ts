// SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
import type { FoundFinding, RuleDescription, Severity } from "@tabard/core"
import { type PlacedAt, physicalLocation, type SarifLocation, uriBases } from "./sarif-locations.ts"
import { rulesOf, type SarifRule } from "./sarif-rules.ts"
import { SARIF_LEVEL, type SarifLevel, type SarifText, sarifText } from "./sarif-text.ts"

/** A SARIF log, as far as ours fill one. */
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

/** A finding, where it is, and what it is known by from one run to the next. */
export interface PlacedFinding {
  readonly finding: FoundFinding
  readonly places: readonly PlacedAt[]
  readonly fingerprint: string
}

/** One run of a tool of ours. */
export interface FindingRun {
  /** Which of our tools it was, such as `tabard/scan/`. */
  readonly id: string
  readonly rules: readonly RuleDescription[]
  readonly roots: readonly string[]
  readonly startedAt: string
  readonly finishedAt: string
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[]
  readonly results: readonly PlacedFinding[]
}

/** Answers a run for code scanning: rules with help and control tags, results with places and stable fingerprints. */
export function sarifLog(run: FindingRun): SarifLog {
  const rules = rulesOf(
    run.results.map(({ finding }) => finding),
    run.rules,
  )
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Tabard", rules } },
        automationDetails: { id: run.id },
        invocations: [invocationOf(run)],
        originalUriBaseIds: uriBases(run.roots),
        columnKind: "utf16CodeUnits",
        results: run.results.map((result) => resultOf(result, run.roots, rules)),
      },
    ],
  }
}

function invocationOf({ startedAt, finishedAt, unreadable, roots }: FindingRun): SarifInvocation {
  return {
    executionSuccessful: true,
    startTimeUtc: startedAt,
    endTimeUtc: finishedAt,
    toolExecutionNotifications: unreadable.map(({ path, reason }) => ({
      level: "warning",
      message: sarifText(`Not read: ${reason}`),
      locations: physicalLocation({ path, line: null }, roots),
    })),
  }
}

function resultOf(
  { finding, places, fingerprint }: PlacedFinding,
  roots: readonly string[],
  rules: readonly SarifRule[],
): SarifResult {
  return {
    ruleId: finding.rule,
    ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
    level: SARIF_LEVEL[finding.severity],
    message: sarifText(`${finding.message} ${finding.remediation}`),
    locations: places.flatMap((place) => physicalLocation(withLine(place), roots)),
    partialFingerprints: { "tabardPlace/v1": fingerprint },
    properties: { severity: finding.severity, controls: finding.controls },
  }
}

/** Code scanning refuses a result without a line: what the whole file says stands at its first. */
function withLine(place: PlacedAt): PlacedAt {
  return { ...place, line: place.line ?? 1 }
}
