import {
  type Agent,
  lowerRisk,
  type RiskCounterfactual,
  type RiskFacts,
  type RiskScore,
  scoreRisk,
} from "@tabard/core"
import { accessFacts } from "./access-facts.ts"
import { autonomyFacts } from "./autonomy-facts.ts"
import { type KnownAgent, knownAgents, type RiskReads } from "./known-agent.ts"

/** An agent's risk as of now, and the one change that lowers it most. */
export interface ExplainedRisk extends RiskScore {
  readonly counterfactual: RiskCounterfactual | null
}

/** Explains the risk of an agent from what is known of it now; what is kept is its numbers, never the explanation. */
export async function explainRisk(tx: RiskReads, agent: Agent): Promise<ExplainedRisk> {
  const [known] = await knownAgents(tx, [agent])
  if (!known) throw new Error("an agent that is asked about is known")
  const facts = riskFactsOf(known)
  return { ...scoreRisk(facts), counterfactual: lowerRisk(facts) }
}

/** Puts what the inventory knows into the questions of the formula. */
export function riskFactsOf(known: KnownAgent): RiskFacts {
  return { ...accessFacts(known), ...autonomyFacts(known) }
}
