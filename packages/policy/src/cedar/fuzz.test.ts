import assert from "node:assert/strict"
import { describe, it } from "node:test"
import * as fc from "fast-check"
import { cases } from "./testing/fuzz/arbitrary-case.ts"
import { sessionCases } from "./testing/fuzz/arbitrary-session.ts"
import { assertAgreement } from "./testing/fuzz/disagreement.ts"

/** A few seconds of it; `node test/fuzz-cedar.ts --minutes 10` goes on for longer. */
const RUNS = 1000

/** Where one kind of answer is rarer, agreement about it tells little. Half of what it is on average. */
const FEWEST = RUNS / 25

describe("for any policies and any request, the evaluator", () => {
  const seed = Date.now() % 2 ** 31
  for (const [what, arbitrary] of Object.entries({
    "of any kind": cases,
    "as Tabard makes them": sessionCases,
  })) {
    it(`answers as Cedar does, ${what}`, (t) => {
      t.diagnostic(`seed ${seed}`)
      const seen = { allowed: 0, deniedByReasons: 0, deniedInSilence: 0, erred: 0, refused: 0 }
      fc.assert(
        fc.property(arbitrary, (asked) => {
          const verdict = assertAgreement(asked)
          if (verdict === "refused") seen.refused += 1
          else if (verdict.erred.length > 0) seen.erred += 1
          else if (verdict.decision === "allow") seen.allowed += 1
          else if (verdict.reasons.length > 0) seen.deniedByReasons += 1
          else seen.deniedInSilence += 1
        }),
        { seed, numRuns: RUNS },
      )
      t.diagnostic(JSON.stringify(seen))
      const { refused, ...judged } = seen
      for (const [how, often] of Object.entries(judged)) assert.ok(often >= FEWEST, `${how}: ${often}`)
      assert.ok(refused <= RUNS / 5, `refused: ${refused}`)
    })
  }
})
