import { BASIC_CHECKS } from "./basic-checks.ts"
import { BATCH_CHECKS } from "./batch-checks.ts"
import { type Check, SUB_LEVELS, type SubLevel } from "./check.ts"
import { type DecisionPointAddress, openDecisionPoint } from "./decision-point-client.ts"
import { DISCOVERY_CHECKS } from "./discovery-checks.ts"
import { SEARCH_CHECKS } from "./search-checks.ts"

/** What came of one check. */
export interface CheckResult {
  readonly clause: string
  readonly level: SubLevel
  readonly title: string
  readonly passed: boolean
  /** Why not; null where it passed. */
  readonly why: string | null
}

/** What came of all of them, and which sub-levels hold. */
export interface Certification {
  readonly decisionPoint: string
  readonly levels: readonly { readonly level: SubLevel; readonly passed: boolean }[]
  readonly checks: readonly CheckResult[]
}

const CHECKS: readonly Check[] = [...BASIC_CHECKS, ...BATCH_CHECKS, ...SEARCH_CHECKS, ...DISCOVERY_CHECKS]

/** What a sub-level needs besides its own checks. */
const NEEDS: Readonly<Partial<Record<SubLevel, SubLevel>>> = {
  "Batch Core": "Basic Core",
  "Batch Properties": "Basic Properties",
  "Search Properties": "Search Core",
}

/** Holds a decision point with the fixture against every check of the certification scenario, each by itself. */
export async function certify(address: DecisionPointAddress): Promise<Certification> {
  const pdp = await openDecisionPoint(address)
  const checks: CheckResult[] = []
  for (const { run, ...check } of CHECKS) {
    const why = await run(pdp).then(() => null, wordsOf)
    checks.push({ ...check, passed: why === null, why })
  }
  const own = new Map(
    SUB_LEVELS.map((level) => [level, checks.every((check) => check.level !== level || check.passed)]),
  )
  const levels = SUB_LEVELS.map((level) => {
    const needed = NEEDS[level]
    return { level, passed: own.get(level) === true && (needed === undefined || own.get(needed) === true) }
  })
  return { decisionPoint: pdp.url, levels, checks }
}

function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? ""
}
