import { RISK_LEVELS, type RiskFactor, type RiskFacts, type RiskStatement } from "./risk-facts.ts"
import { RISK_FORMULA, type RiskWeight } from "./risk-formula.ts"

/** One line of an explanation: what costs so many points, and where one can see it. */
export interface RiskPoint {
  readonly factor: RiskFactor
  readonly side: RiskWeight["side"]
  readonly what: string
  readonly points: number
  readonly evidence: readonly string[]
}

/** What one question comes to. */
export interface WeighedFactor {
  readonly points: readonly RiskPoint[]
  /** If all that is unknown turned out best, and worst. */
  readonly low: number
  readonly high: number
  /** What is unknown; empty where everything was told. */
  readonly unknown: readonly string[]
}

/** Every question in the order of the table. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a constant are its own
export const RISK_FACTORS: readonly RiskFactor[] = Object.keys(RISK_LEVELS) as RiskFactor[]

/** Weighs the answers to one question; what is unknown counts half of what it could still cost. */
export function weighFactor(factor: RiskFactor, facts: RiskFacts): WeighedFactor {
  const { asks } = RISK_FORMULA[factor]
  const statements = facts[factor]
  const known = costs(factor, statements)
  const low = sum(known.map(({ points }) => points))
  const unknown = unknownOf(factor, statements)
  if (unknown.length === 0) return { points: known, low, high: low, unknown }

  const high = mostOf(factor)
  const what = `${asks} Unknown: half of what it may still cost.`
  const half = point(factor, what, (high - low) / 2, unknown)
  return { points: half.points > 0 ? [...known, half] : known, low, high, unknown }
}

/** Answers the points of one level; none for what the table does not know, which is unknown (see weighFactor). */
export function pointsOf(factor: RiskFactor, level: string): number {
  const points: Readonly<Record<string, number>> = RISK_FORMULA[factor].points
  return points[level] ?? 0
}

/** Answers the most that a question can cost. */
export function mostOf(factor: RiskFactor): number {
  const all = Object.values(RISK_FORMULA[factor].points)
  return RISK_FORMULA[factor].counts === "each" ? sum(all) : Math.max(...all)
}

/** Adds up; every weight is in quarters, so the sum is exact in any order. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function costs(factor: RiskFactor, statements: readonly RiskStatement[]): readonly RiskPoint[] {
  const { counts } = RISK_FORMULA[factor]
  const byLevel = Map.groupBy(
    statements.filter(({ level }) => pointsOf(factor, level) > 0),
    ({ level }) => level,
  )
  const lines = [...byLevel]
    .map(([level, told]) => point(factor, sayLevel(factor, level), pointsOf(factor, level), evidenceOf(told)))
    .toSorted((a, b) => b.points - a.points || (a.what < b.what ? -1 : 1))
  return counts === "each" ? lines : lines.slice(0, 1)
}

/** What the table has no answer for is unknown too: a word that nobody weighed must not count as nothing. */
function unknownOf(factor: RiskFactor, statements: readonly RiskStatement[]): readonly string[] {
  const { asks, points } = RISK_FORMULA[factor]
  if (statements.length === 0) return [`${asks} Nothing was seen that says so.`]
  return evidenceOf(statements.filter(({ level }) => !Object.hasOwn(points, level)))
}

function evidenceOf(statements: readonly RiskStatement[]): readonly string[] {
  return [...new Set(statements.map(({ evidence }) => evidence))].toSorted()
}

function point(factor: RiskFactor, what: string, points: number, evidence: readonly string[]): RiskPoint {
  return { factor, side: RISK_FORMULA[factor].side, what, points, evidence }
}

function sayLevel(factor: RiskFactor, level: string): string {
  const says: Readonly<Record<string, string>> = RISK_FORMULA[factor].says
  return says[level] ?? level
}
