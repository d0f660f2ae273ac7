// Holds the policy evaluator against Cedar itself on random policies and requests, for as long as it is given.
import { parseArgs } from "node:util"
import * as fc from "fast-check"
import { cases } from "../packages/policy/src/cedar/testing/fuzz/arbitrary-case.ts"
import { sessionCases } from "../packages/policy/src/cedar/testing/fuzz/arbitrary-session.ts"
import { assertAgreement } from "../packages/policy/src/cedar/testing/fuzz/disagreement.ts"

/** Asked between two looks at the clock, of each kind of policy. */
const ROUND = 500

const KINDS = [cases, sessionCases]

const USAGE = "usage: node test/fuzz-cedar.ts [--minutes 10] [--seed N]\n"
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string" },
    help: { type: "boolean" },
  },
})
const minutes = Number(values.minutes)
const first = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
if (values.help || !(minutes > 0) || !Number.isSafeInteger(first)) {
  process.stderr.write(USAGE)
  process.exitCode = 2
} else {
  process.stdout.write(`seed ${first}\n`)
  const end = performance.now() + minutes * 60_000
  let seed = first
  while (performance.now() < end && agreesFrom(seed)) seed++
  process.stdout.write(
    `${(seed - first) * KINDS.length * ROUND} requests, each with policies of its own, agree\n`,
  )
}

/** Asks one round of each kind, and tells the smallest case on which the two part. */
function agreesFrom(seed: number): boolean {
  for (const kind of KINDS) {
    const { failed, counterexample, errorInstance } = fc.check(
      fc.property(kind, (asked) => void assertAgreement(asked)),
      {
        seed,
        numRuns: ROUND,
      },
    )
    if (!failed) continue
    process.stdout.write(`seed ${seed}: ${String(errorInstance)}\n${fc.stringify(counterexample)}\n`)
    process.exitCode = 1
    return false
  }
  return true
}
