import type { Finding, FindingEvidence, FindingStanding, FindingState, Id, Severity } from "@tabard/core"

/** What one source says of one subject by one rule. */
export interface Sighting {
  /** The reporter whose scan says so, or the inventory itself. */
  readonly source: string
  readonly rule: string
  readonly subject: string
  readonly severity: Severity
  readonly message: string
  readonly evidence: readonly FindingEvidence[]
}

/** Names a finding by what makes it one. */
export type FindingKey = Pick<Finding, "rule" | "subject">

/** Which findings are asked for: the worst first, and the newest of equals. */
export interface FindingQuery {
  /** What time it is: an acceptance that is over counts as open. */
  readonly now: Date
  readonly states?: readonly FindingState[]
  readonly severity?: Severity
  readonly rule?: string
  readonly subjects?: readonly string[]
  /** Only about agents that this person owns, helps with or is asked to take on, and what those use. */
  readonly answeredBy?: Id<"user">
  /** Answers those behind this one. */
  readonly after?: Pick<Finding, "id" | "severity">
  /** 1 to 1,000. */
  readonly limit: number
}

/** How many findings of one rule and severity stand open or accepted. */
export interface FindingCount {
  readonly rule: string
  readonly severity: Severity
  readonly state: Exclude<FindingState, "resolved">
  readonly findings: number
}

/** Where things are seen from, and when it last told of it. */
export interface DiscoverySource {
  readonly source: string
  /** When its last finished scan was; of a reporter that never finished one, when it was enrolled. */
  readonly lastFinished: Date
  /** Whether it was an enrolled reporter that is one no more. */
  readonly revoked: boolean
  /** The last report of it that was not taken. */
  readonly refusal: { readonly at: Date; readonly why: string } | null
}

/** Keeps what sources say, and the findings that follow from it. Each sentence is a test in finding-store.contract.ts. */
export interface FindingStore {
  /** Keeps what sources say; what a source said before of the same subject by the same rule is replaced. */
  say(sightings: readonly Sighting[]): Promise<void>

  /** Forgets what a source said by these rules of these subjects; what another says stays. */
  takeBack(source: string, keys: readonly FindingKey[]): Promise<void>

  /** Answers what a source says of these subjects. */
  saidOf(source: string, subjects: readonly string[]): Promise<readonly Sighting[]>

  /** Answers what a source says, in the order of subject and rule, behind `after`. */
  saidBy(source: string, after: FindingKey | undefined, limit: number): Promise<readonly Sighting[]>

  /** Answers, for each rule that anybody says of these subjects, the gravest that is said. */
  gravestOf(subjects: readonly string[]): Promise<readonly Sighting[]>

  /** Gives what is said of one subject to another, which keeps its own word where both have one; findings follow so. */
  moveSubject(from: string, to: string): Promise<void>

  /** Keeps findings that are not there yet, and answers the ids of those; of many for one rule and subject, one is kept. */
  insert(findings: readonly Finding[]): Promise<readonly Id<"finding">[]>

  /** Rewrites what a finding says of its subject, and when it was seen; how it stands stays. */
  describe(finding: Pick<Finding, "id" | "severity" | "message" | "evidence" | "lastSeenAt">): Promise<void>

  /** Notes when findings were seen; one that is resolved stays as it is. */
  touch(keys: readonly FindingKey[], at: Date): Promise<void>

  /**
   * Moves a finding that stands in `from`. Of any number of moves out of one state, at once or one after another,
   * exactly one answers true; the others answer false and change nothing. What was resolved and opens again counts.
   */
  move(id: Id<"finding">, from: FindingState, to: FindingStanding): Promise<boolean>

  /** Answers undefined where there is no such finding here. */
  find(id: Id<"finding">): Promise<Finding | undefined>

  /** Answers every finding about these subjects, resolved ones too. */
  of(subjects: readonly string[]): Promise<readonly Finding[]>

  /** Answers findings, the worst first. */
  list(query: FindingQuery): Promise<readonly Finding[]>

  /** Answers how many findings stand open and accepted, by rule and severity. */
  count(now: Date): Promise<readonly FindingCount[]>

  /** Answers accepted findings whose time is over. */
  lapsed(now: Date, limit: number): Promise<readonly Finding[]>

  /**
   * Answers where things were seen from, and the reporters that saw nothing yet, by name behind `after`, with the last scan
   * that each finished and what was refused.
   */
  sources(after: string, limit: number): Promise<readonly DiscoverySource[]>
}
