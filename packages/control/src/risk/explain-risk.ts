import { type Agent, lowerRisk, type RiskCounterfactual, type RiskScore, scoreRisk } from "@tabard/core"
import { riskFactsOf } from "@tabard/scan"
import { knownAgents, type RiskReads } from "./known-agent.ts"

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
