import type { Severity } from "./severity.ts"

/** The states of a finding: to be put right, lived with until a date, put right. */
export const FINDING_STATES = ["open", "accepted", "resolved"] as const

/** One state of a finding. */
export type FindingState = (typeof FINDING_STATES)[number]

/** What shows that a finding is true, and where; it never quotes a secret. */
export interface FindingEvidence {
  /** A file, or, where it stands in none, what says so: "default of Cursor". */
  readonly path: string
  readonly line: number | null
  /** Counted from one, where it is known. */
  readonly column?: number
  readonly what: string
}

/** One subject that a rule speaks of, and why. */
export interface RuleSighting {
  /** The key or id of what it is about. */
  readonly subject: string
  /** Where this one matters more or less than the rule's own severity says. */
  readonly severity?: Severity
  readonly message: string
  readonly evidence: readonly FindingEvidence[]
}

/** What a rule is, apart from what it looks at: enough to list it. */
export interface RuleDescription {
  /** kebab-case; once released, it keeps its meaning. */
  readonly id: string
  readonly severity: Severity
  readonly title: string
  /** One sentence that says what to do. */
  readonly remediation: string
  /** Controls it speaks to, as framework:id. */
  readonly controls: readonly string[]
  /** Rules that say less of the same subject; they are silent where this one speaks. */
  readonly sharpens?: readonly string[]
}

/** Answers what is to be put right in `Input`. Pure: the same input gives the same sightings. */
export interface FindingRule<Input> extends RuleDescription {
  judge(input: Input): readonly RuleSighting[]
}
