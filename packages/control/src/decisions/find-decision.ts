import { type DecisionRecord, isId, Problem } from "@tabard/core"
import type { Transaction } from "../transaction.ts"

/**
 * Answers a decision by its id, or the newest one of a call.
 *
 * @throws {Problem} decision_not_found
 */
export async function findDecision(
  { decisions }: Pick<Transaction, "decisions">,
  id: string,
): Promise<DecisionRecord> {
  const found = isId("decision", id)
    ? await decisions.find(id)
    : isId("call", id)
      ? (await decisions.list({ call: id, limit: 1 }))[0]
      : undefined
  return found ?? missing(id)
}

function missing(id: string): never {
  throw new Problem(
    "decision_not_found",
    `there is no decision ${id.slice(0, 80)}: what refused calls before policies were asked was not kept by programs of before, and stands in the record alone`,
  )
}
