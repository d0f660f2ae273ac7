import type { EffectClass } from "../effect-class.ts"
import {
  RISK_BANDS,
  type RiskBand,
  type RiskFactor,
  type RiskFacts,
  type RiskStatement,
} from "./risk-facts.ts"
import { RISK_FORMULA } from "./risk-formula.ts"
import { scoreRisk } from "./score-risk.ts"
import { pointsOf, RISK_FACTORS } from "./weigh-factor.ts"

/** One change, and what the risk would be after it. */
export interface RiskCounterfactual {
  readonly factor: RiskFactor
  /** What a person does. */
  readonly say: string
  readonly score: number
  readonly band: RiskBand
}

/**
 * Answers the single change that lowers the band most, or, within a band, the score; null where nothing would.
 *
 * Only changes that a person can make are looked at: nobody turns a backend into somebody's desktop.
 */
export function lowerRisk(facts: RiskFacts): RiskCounterfactual | null {
  const { score } = scoreRisk(facts)
  const changes = RISK_FACTORS.flatMap((factor) => changesOf(factor, facts))
    .filter((change) => change.score < score)
    .toSorted((a, b) => bandRank(a) - bandRank(b) || a.score - b.score)
  return changes[0] ?? null
}

function changesOf(factor: RiskFactor, facts: RiskFacts): readonly RiskCounterfactual[] {
  const { remedy, counts } = RISK_FORMULA[factor]
  if (remedy === null) return []
  if (counts === "each") return effectsOf(facts).map((effect) => without(effect, facts))
  const lowered = facts[factor].map((statement) => atMost(factor, remedy.to, statement))
  const { score, band } = scoreRisk({ ...facts, [factor]: lowered })
  return [{ factor, say: remedy.say, score, band }]
}

function atMost(
  factor: RiskFactor,
  to: string,
  statement: RiskStatement,
): { level: string; evidence: string } {
  const lies = statement.level !== "unknown" && pointsOf(factor, statement.level) <= pointsOf(factor, to)
  return lies ? statement : { ...statement, level: to }
}

/** What a person takes away, by the effect that goes with it. */
const TAKES_AWAY: Readonly<Record<EffectClass, string>> = {
  read: "read",
  write: "write",
  delete: "delete",
  execute: "run commands",
  financial: "move money",
  infrastructure: "change infrastructure",
  egress: "send things out",
}

function effectsOf({ effects }: RiskFacts): readonly EffectClass[] {
  const seen = new Set(effects.map(({ level }) => level))
  return [...seen].filter((level) => level !== "none" && level !== "unknown").toSorted()
}

function without(effect: EffectClass, facts: RiskFacts): RiskCounterfactual {
  const rest = facts.effects.filter(({ level }) => level !== effect)
  const effects = rest.length > 0 ? rest : [{ level: "none", evidence: "nothing is left" } as const]
  const { score, band } = scoreRisk({ ...facts, effects })
  return { factor: "effects", say: `Take away the tools that ${TAKES_AWAY[effect]}.`, score, band }
}

function bandRank({ band }: RiskCounterfactual): number {
  return RISK_BANDS.indexOf(band)
}
