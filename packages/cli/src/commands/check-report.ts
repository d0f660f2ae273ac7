import type { FoundFinding, Severity } from "@tabard/core"
import type { UnreadPlace } from "./manifest-files.ts"

/** What a check answers, as programs read it. */
export interface CheckReport {
  readonly schema: "tabard.check/1"
  readonly startedAt: string
  readonly finishedAt: string
  /** The manifests that were read, and the plan, by their paths here. */
  readonly files: readonly string[]
  readonly failOn: Severity
  readonly findings: readonly FoundFinding[]
  /** What somebody took upon themselves, by the standards. */
  readonly excepted: readonly FoundFinding[]
  /** Rules that the standards silence. */
  readonly off: readonly string[]
  readonly unreadable: readonly UnreadPlace[]
}

/** What a finding is known by from one run to the next; lines move, and are left out. */
export function findingKeys({ rule, subject, evidence }: FoundFinding): readonly string[] {
  const places = evidence.map(({ path, what }) => JSON.stringify([rule, subject, path, what]))
  return places.length > 0 ? places : [JSON.stringify([rule, subject])]
}
