import { RISK_BANDS, type RiskBand, type RiskFacts } from "./risk-facts.ts"
import { RISK_BAND_STARTS, RISK_FORMULA, type RiskWeight } from "./risk-formula.ts"
import { RISK_FACTORS, type RiskPoint, sum, type WeighedFactor, weighFactor } from "./weigh-factor.ts"

/** How risky an agent is, with every point explained. */
export interface RiskScore {
  /** 0 to 10 each; their product is the score. */
  readonly access: number
  readonly autonomy: number
  /** A whole number from 0 to 100, and the band it lies in. */
  readonly score: number
  readonly band: RiskBand
  /** The score if all that is unknown turned out best, and worst. */
  readonly low: number
  readonly high: number
  /** What it is made of, costliest first; the points of each side add up to it. */
  readonly points: readonly RiskPoint[]
  readonly unknown: readonly string[]
}

/** Scores what is known of an agent: the same facts in any order give the same score. */
export function scoreRisk(facts: RiskFacts): RiskScore {
  const weighed = RISK_FACTORS.map((factor) => ({
    side: RISK_FORMULA[factor].side,
    ...weighFactor(factor, facts),
  }))
  const points = weighed.flatMap((factor) => factor.points)
  const of = (side: RiskWeight["side"]) => weighed.filter((factor) => factor.side === side)
  const [access, autonomy] = [sideOf(of("access")), sideOf(of("autonomy"))]
  const score = Math.round(access.points * autonomy.points)
  return {
    access: access.points,
    autonomy: autonomy.points,
    score,
    band: riskBand(score),
    low: Math.round(access.low * autonomy.low),
    high: Math.round(access.high * autonomy.high),
    points: points.toSorted((a, b) => b.points - a.points),
    unknown: weighed.flatMap(({ unknown }) => unknown),
  }
}

/** Answers the band in which a score lies. */
export function riskBand(score: number): RiskBand {
  return RISK_BANDS.findLast((band) => score >= RISK_BAND_STARTS[band]) ?? "low"
}

/** Answers the least and the greatest score that lie in a band. */
export function bandScores(band: RiskBand): { readonly least: number; readonly greatest: number } {
  const above = RISK_BANDS[RISK_BANDS.indexOf(band) + 1]
  return { least: RISK_BAND_STARTS[band], greatest: above ? RISK_BAND_STARTS[above] - 1 : 100 }
}

function sideOf(factors: readonly WeighedFactor[]): { points: number; low: number; high: number } {
  return {
    points: sum(factors.flatMap(({ points }) => points.map((point) => point.points))),
    low: sum(factors.map(({ low }) => low)),
    high: sum(factors.map(({ high }) => high)),
  }
}
