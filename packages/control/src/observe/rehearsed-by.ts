import type { Described } from "../decisions/described-by.ts"
import type { PoliciesInForce } from "../decisions/policies-in-force.ts"
import type { Acting } from "../decisions/question.ts"
import type { Transaction } from "../transaction.ts"

/** Answers what an agent was rehearsed with, as long as its tier and its bounds are those that it was rehearsed under. */
export async function rehearsedBy(
  { observing }: Pick<Transaction, "observing">,
  { agent, mandate }: Pick<Acting, "agent" | "mandate">,
  { boundsOf }: Pick<PoliciesInForce, "boundsOf">,
): Promise<Pick<Described, "rehearsed">> {
  const rehearsal = await observing.rehearsal(agent.id)
  if (!rehearsal || rehearsal.tier !== mandate.tier) return {}
  return rehearsal.bounds === boundsOf(agent.id) ? { rehearsed: rehearsal.tools } : {}
}
