import { describe, it } from "node:test"
import * as fc from "fast-check"
import { cases } from "./testing/fuzz/arbitrary-case.ts"
import { sessionCases } from "./testing/fuzz/arbitrary-session.ts"
import { assertAgreement } from "./testing/fuzz/disagreement.ts"

/** A few seconds of it; `node test/fuzz-cedar.ts --minutes 10` goes on for longer. */
const RUNS = 1000

describe("for any policies and any request, the evaluator", () => {
  const seed = Date.now() % 2 ** 31
  for (const [what, arbitrary] of Object.entries({
    "of any kind": cases,
    "as Tabard makes them": sessionCases,
  })) {
    it(`answers as Cedar does, ${what}`, (t) => {
      t.diagnostic(`seed ${seed}`)
      fc.assert(fc.property(arbitrary, assertAgreement), { seed, numRuns: RUNS })
    })
  }
})
