import { isDeepStrictEqual } from "node:util"
import { MalformedCedar } from "../../malformed-cedar.ts"
import { askOracle, askOurs, type Case, OracleRefused, type Verdict } from "../oracle.ts"

/** What both said, where they did not say the same. */
interface Disagreement {
  readonly ours: Verdict | "refused"
  readonly oracle: Verdict | "refused"
}

/** Answers where evaluator and oracle part on a case, or undefined where they agree. */
function disagreementOn(asked: Case): Disagreement | undefined {
  const ours = unlessRefused(() => askOurs(asked))
  const oracle = unlessRefused(() => askOracle(asked))
  return isDeepStrictEqual(ours, oracle) ? undefined : { ours, oracle }
}

/** Throws where they part, with what each of them said. */
export function assertAgreement(asked: Case): void {
  const apart = disagreementOn(asked)
  if (apart) throw new Error(`the evaluator and Cedar do not agree: ${JSON.stringify(apart)}`)
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
