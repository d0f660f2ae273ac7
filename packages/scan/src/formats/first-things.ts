import { bySeverity, type Severity } from "@tabard/core"
import type { ScanReport, SeenFinding } from "../report.ts"

/** How many things a person can keep in mind. */
const FEW = 5

/** One thing to do, and the findings that doing it puts right. */
export interface FirstThing {
  /** As grave as the worst of them. */
  readonly severity: Severity
  readonly remediation: string
  readonly findings: readonly [SeenFinding, ...SeenFinding[]]
}

/** Answers the five things to do first: findings with one remedy are one thing, the worst and then the most frequent first. */
export function firstThings({ findings }: ScanReport): readonly FirstThing[] {
  const worstFirst = findings.toSorted((a, b) => bySeverity(a.severity, b.severity))
  const alike = Map.groupBy(worstFirst, ({ remediation }) => remediation)
  return [...alike.values()].flatMap(thingOf).toSorted(byWeight).slice(0, FEW)
}

function thingOf([first, ...more]: readonly SeenFinding[]): readonly FirstThing[] {
  return first
    ? [{ severity: first.severity, remediation: first.remediation, findings: [first, ...more] }]
    : []
}

function byWeight(a: FirstThing, b: FirstThing): number {
  return bySeverity(a.severity, b.severity) || b.findings.length - a.findings.length
}
