import type { Id } from "../ids.ts"
import type { FindingEvidence, FindingState } from "./finding-rule.ts"
import type { Severity } from "./severity.ts"

/** A person's word that a finding is lived with until a date, and why. */
export interface Acceptance {
  readonly by: Id<"user">
  readonly at: Date
  readonly reason: string
  readonly until: Date
}

/** How a finding stands, with what belongs to that state alone. */
export type FindingStanding =
  | { readonly kind: "open" }
  | ({ readonly kind: "accepted" } & Acceptance)
  | { readonly kind: "resolved"; readonly at: Date }

/** Something to put right: one for each rule and subject, for ever under the same id. */
export interface Finding {
  readonly id: Id<"finding">
  readonly rule: string
  /** The inventory's id of the agent, server or credential it is about, or the name of a discovery source. */
  readonly subject: string
  readonly severity: Severity
  readonly message: string
  readonly evidence: readonly FindingEvidence[]
  readonly standing: FindingStanding
  /** When it was opened, the first time. */
  readonly openedAt: Date
  readonly lastSeenAt: Date
  /** How often it came back after it had been put right. */
  readonly reopened: number
}

/** Answers how a finding stands at a time: an acceptance ends with its date, whether or not anybody noted it. */
export function standingAt({ standing }: Pick<Finding, "standing">, now: Date): FindingStanding {
  const isOver = standing.kind === "accepted" && standing.until.getTime() <= now.getTime()
  return isOver ? { kind: "open" } : standing
}

/** Answers the state of a finding at a time, in a word. */
export function findingStateAt(finding: Pick<Finding, "standing">, now: Date): FindingState {
  return standingAt(finding, now).kind
}
