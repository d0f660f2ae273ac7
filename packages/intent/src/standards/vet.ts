import { bySeverity, type FoundFinding, runFindingRules } from "@tabard/core"
import { STANDARD_RULES } from "./standard-rules.ts"
import type { StandardException, Standards } from "./standards.ts"
import type { Vetted } from "./vetted.ts"

/** What came of vetting: what is to be put right, and what a person said is lived with. */
export interface VettedFindings {
  readonly findings: readonly FoundFinding[]
  readonly excepted: readonly FoundFinding[]
}

/** Holds declarations to an organisation's standards. Nothing that a declaration is given ever takes a finding away. */
export function vet(vetted: Vetted): VettedFindings {
  return settled(runFindingRules(STANDARD_RULES, vetted), vetted)
}

/** Answers findings as the standards weigh them, the worst first, and apart those that a person took upon themselves. */
export function settled(
  found: readonly FoundFinding[],
  { standards, now }: Pick<Vetted, "standards" | "now">,
): VettedFindings {
  const weighed = found.flatMap((finding) => weigh(finding, standards))
  const isExcepted = (finding: FoundFinding): boolean =>
    standards.exceptions.some((exception) => covers(exception, finding, now))
  return {
    findings: weighed
      .filter((finding) => !isExcepted(finding))
      .toSorted((a, b) => bySeverity(a.severity, b.severity)),
    excepted: weighed.filter(isExcepted),
  }
}

function weigh(finding: FoundFinding, { severities }: Standards): readonly FoundFinding[] {
  const severity = Object.hasOwn(severities, finding.rule) ? severities[finding.rule] : undefined
  if (severity === "off") return []
  return [severity === undefined ? finding : { ...finding, severity }]
}

/** The day itself still counts, wherever the clock stands. */
function covers({ rule, agent, until }: StandardException, finding: FoundFinding, now: Date): boolean {
  return rule === finding.rule && agent === finding.subject && now.toISOString().slice(0, 10) <= until
}
