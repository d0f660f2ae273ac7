import type { RiskSummary, RiskView } from "@tabard/api"
import { explainRisk, isScored, type KeptRisk, type Transaction } from "@tabard/control"
import { type Agent, type Id, riskBand } from "@tabard/core"

type SummaryReads = Pick<Transaction, "risks">
type DetailReads = Pick<Transaction, "facts" | "observations" | "policies" | "risks" | "users">

/** How many changes of a score are shown. */
const CHANGES_SHOWN = 50

/** Answers the last score of each agent, in one question for all; what is no agent any more has none. */
export function keptRisks(
  { risks }: SummaryReads,
  agents: readonly Agent[],
): Promise<ReadonlyMap<Id<"agent">, KeptRisk>> {
  return risks.latest(agents.filter(isScored).map(({ id }) => id))
}

/** Shows the risk of one agent to the point, as it follows from what is known now. */
export async function riskView(tx: DetailReads, agent: Agent): Promise<RiskView | null> {
  if (!isScored(agent)) return null
  const { counterfactual, points, ...risk } = await explainRisk(tx, agent)
  const history = await tx.risks.history(agent.id, CHANGES_SHOWN)
  return {
    ...risk,
    points: points.map(({ side, what, points: cost, evidence }) => ({ side, what, points: cost, evidence })),
    counterfactual: counterfactual && {
      say: counterfactual.say,
      score: counterfactual.score,
      band: counterfactual.band,
    },
    history: history.map((kept) => ({ ...riskSummary(kept), at: kept.at.toISOString() })),
  }
}

/** Shows the numbers of a kept score. */
export function riskSummary({ score, low, high }: KeptRisk): RiskSummary {
  return { score, band: riskBand(score), low, high }
}
