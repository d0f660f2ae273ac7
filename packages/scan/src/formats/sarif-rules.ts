import { bySeverity, type FoundFinding, type RuleDescription, type Severity } from "@tabard/core"
import { SARIF_LEVEL, type SarifLevel, type SarifText, sarifText } from "./sarif-text.ts"

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

/** Answers the rules behind the findings, as their catalogue describes them; each ranks as its worst finding does. */
export function rulesOf(
  findings: readonly FoundFinding[],
  catalogue: readonly RuleDescription[],
): readonly SarifRule[] {
  return catalogue.flatMap((rule) => {
    const found = findings.filter((finding) => finding.rule === rule.id)
    const [worst] = found.map(({ severity }) => severity).toSorted(bySeverity)
    return worst ? [ruleOf(rule, worst)] : []
  })
}

function ruleOf({ id, title, remediation, controls }: RuleDescription, worst: Severity): SarifRule {
  return {
    id,
    name: id.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: sarifText(title),
    fullDescription: sarifText(`${title}. ${remediation}`),
    help: sarifText(`${remediation} Speaks to: ${controls.join(", ")}.`),
    defaultConfiguration: { level: SARIF_LEVEL[worst] },
    properties: {
      tags: ["security", "ai-agent", ...controls],
      "security-severity": SECURITY_SEVERITY[worst],
    },
  }
}
