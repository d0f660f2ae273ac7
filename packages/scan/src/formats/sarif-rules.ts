import type { SeenFinding, Severity } from "../report.ts"
import { SARIF_LEVEL, type SarifLevel, type SarifText, sarifText } from "./sarif-text.ts"
import { SEVERITIES } from "./severity-order.ts"

/** A rule as SARIF describes it. */
export interface SarifRule {
  readonly id: string
  readonly name: string
  readonly shortDescription: SarifText
  readonly fullDescription: SarifText
  readonly help: SarifText
  readonly defaultConfiguration: { readonly level: SarifLevel }
  readonly properties: { readonly tags: readonly string[]; readonly "security-severity": string }
}

/** A number from 0 to 10, as code scanning ranks by: each lies inside the band that it shows under the same word. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.5",
}

/** Answers the rules behind the findings, told by what they found, so that no rule can be without its description. */
export function rulesOf(findings: readonly SeenFinding[]): readonly SarifRule[] {
  const byRule = Map.groupBy(findings, ({ rule }) => rule)
  return [...byRule].map(([id, found]) => ruleOf(id, found))
}

function ruleOf(id: string, findings: readonly SeenFinding[]): SarifRule {
  const worst = SEVERITIES.find((severity) => findings.some((found) => found.severity === severity)) ?? "low"
  const remedies = [...new Set(findings.map(({ remediation }) => remediation))].join(" ")
  const controls = [...new Set(findings.flatMap((finding) => finding.controls))]
  const words = id.replaceAll("-", " ")
  const title = words.charAt(0).toUpperCase() + words.slice(1)
  return {
    id,
    name: words.replaceAll(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: sarifText(title),
    fullDescription: sarifText(`${title}. ${remedies}`),
    help: sarifText(`${remedies} Speaks to: ${controls.join(", ")}.`),
    defaultConfiguration: { level: SARIF_LEVEL[worst] },
    properties: {
      tags: ["security", "ai-agent", ...controls],
      "security-severity": SECURITY_SEVERITY[worst],
    },
  }
}
