import type { Judge, Standing } from "../judge-link.ts"
import type { ParsedPolicy } from "../parse-policy.ts"
import { askOracle, type OracleAnswer } from "./ask-oracle.ts"

type Judged = Standing & { readonly kind: "judged" }

/**
 * Judges by one judge and by Cedar itself, on the live policies and on those that would be in force once people agree. Where
 * they differ in decision, reasons or errors, nobody knows: the question is disputed, and that denies.
 */
export function besideOracle(judge: Judge): Judge {
  return (slice, link, question) => {
    const standing = judge(slice, link, question)
    if (standing.kind !== "judged") return standing
    for (const policies of askedTogether(slice.policies)) {
      const own = JSON.stringify(answerOf(policies, standing))
      const oracle = JSON.stringify(oracleAnswer(() => askOracle(policies, link, question)))
      if (own !== oracle)
        return { kind: "disputed", words: `the evaluator answers ${own}, and Cedar ${oracle}` }
    }
    return standing
  }
}

/** L and H; most slices ask nobody, and then the two are one. */
function askedTogether(policies: readonly ParsedPolicy[]): (readonly ParsedPolicy[])[] {
  if (policies.every(({ kind }) => kind === "plain")) return [policies]
  return [
    policies.filter(({ kind }) => kind !== "requestable"),
    policies.filter(({ kind }) => kind !== "ask"),
  ]
}

/** What Cedar would answer about these policies, if each of them stands as it was judged to. */
function answerOf(policies: readonly ParsedPolicy[], { held, erred }: Judged): OracleAnswer {
  const among = held.filter((policy) => policies.includes(policy))
  const [permits = [], forbids = []] = ["permit", "forbid"].map((effect) =>
    among.filter(({ json }) => json.effect === effect).map(({ id }) => id),
  )
  const allowed = permits.length > 0 && forbids.length === 0
  return {
    decision: allowed ? "allow" : "deny",
    reasons: (allowed ? permits : forbids).toSorted(),
    erred: policies.flatMap(({ id }) => (erred.includes(id) ? [id] : [])).toSorted(),
  }
}

/** An oracle that cannot answer agrees with nobody. */
function oracleAnswer(ask: () => OracleAnswer): OracleAnswer {
  try {
    return ask()
  } catch (error) {
    return { refused: error instanceof Error ? error.message : "it cannot answer" }
  }
}
