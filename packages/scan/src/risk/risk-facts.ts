import type { RiskFacts } from "@tabard/core"
import { accessFacts } from "./access-facts.ts"
import { autonomyFacts } from "./autonomy-facts.ts"
import type { RiskKnowledge } from "./risk-knowledge.ts"
import { workflowFacts } from "./workflow-facts.ts"

/** Puts what is known of an agent into the questions of the formula. */
export function riskFactsOf(known: RiskKnowledge): RiskFacts {
  const { sensitivity, effects, ...access } = accessFacts(known)
  const { strangers, ...autonomy } = autonomyFacts(known)
  const workflow = workflowFacts(known)
  return {
    ...access,
    ...autonomy,
    sensitivity: [...sensitivity, ...workflow.sensitivity],
    effects: [...effects, ...workflow.effects],
    strangers: [...strangers, ...workflow.strangers],
  }
}
