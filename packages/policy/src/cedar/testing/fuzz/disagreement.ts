import { isDeepStrictEqual } from "node:util"
import { MalformedCedar } from "../../malformed-cedar.ts"
import { askOracle, askOurs, type Case, OracleRefused, type Verdict } from "../oracle.ts"

/** Throws where evaluator and oracle part on a case, with what each of them said; answers what both said. */
export function assertAgreement(asked: Case): Verdict | "refused" {
  const ours = unlessRefused(() => askOurs(asked))
  const oracle = unlessRefused(() => askOracle(asked))
  if (isDeepStrictEqual(ours, oracle)) return ours
  throw new Error(`the evaluator and Cedar do not agree: ${JSON.stringify({ ours, oracle })}`)
}

/** A refusal is an answer too; whatever else is thrown is a fault, and goes on. */
function unlessRefused(ask: () => Verdict): Verdict | "refused" {
  try {
    return ask()
  } catch (error) {
    if (error instanceof MalformedCedar || error instanceof OracleRefused) return "refused"
    throw error
  }
}
