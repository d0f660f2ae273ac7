import type { FindingEvidence, FindingRule } from "./finding-rule.ts"
import { bySeverity, type Severity } from "./severity.ts"

/** Something to put right, as a rule found it. */
export interface FoundFinding {
  readonly rule: string
  readonly severity: Severity
  readonly subject: string
  readonly message: string
  readonly remediation: string
  readonly controls: readonly string[]
  readonly evidence: readonly FindingEvidence[]
}

/** Answers what the rules find, the worst first; of a rule and a sharper one about one subject, the sharper speaks alone. */
export function runFindingRules<Input>(
  rules: readonly FindingRule<Input>[],
  input: Input,
): readonly FoundFinding[] {
  const findings = rules.flatMap((rule) => found(rule, input))
  const silenced = new Set(findings.flatMap((finding) => whatItSilences(finding, rules)))
  return findings
    .filter(({ rule, subject }) => !silenced.has(place(rule, subject)))
    .toSorted((a, b) => bySeverity(a.severity, b.severity))
}

function found<Input>(rule: FindingRule<Input>, input: Input): readonly FoundFinding[] {
  const { id, severity, remediation, controls } = rule
  return rule.judge(input).map((sighting) => ({ rule: id, severity, remediation, controls, ...sighting }))
}

function whatItSilences<Input>(
  { rule, subject }: FoundFinding,
  rules: readonly FindingRule<Input>[],
): readonly string[] {
  const { sharpens = [] } = rules.find(({ id }) => id === rule) ?? {}
  return sharpens.map((duller) => place(duller, subject))
}

function place(rule: string, subject: string): string {
  return JSON.stringify([rule, subject])
}
