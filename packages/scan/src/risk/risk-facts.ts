import type { RiskFacts } from "@tabard/core"
import { accessFacts } from "./access-facts.ts"
import { autonomyFacts } from "./autonomy-facts.ts"
import type { RiskKnowledge } from "./risk-knowledge.ts"

/** Puts what is known of an agent into the questions of the formula. */
export function riskFactsOf(known: RiskKnowledge): RiskFacts {
  return { ...accessFacts(known), ...autonomyFacts(known) }
}
