import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { EntityStore } from "./entity-store.ts"
import { type CorpusTest, corpusMissing, corpusTests } from "./testing/corpus.ts"
import { askCompiled, askOracle, compiled } from "./testing/oracle.ts"

/** How many requests the corpus has; fewer would be a corpus that was not read whole. */
const REQUESTS = 62_472

/** Of so many tests, the oracle itself is asked about one. */
const ONE_IN = 8

describe("the official corpus of Cedar", { skip: corpusMissing }, () => {
  it(`agrees on all ${REQUESTS} requests: decisions, reasons and errors`, (t) => {
    let asked = 0
    const apart: string[] = []
    for (const test of corpusTests()) {
      asked += test.requests.length
      apart.push(...disagreements(test))
    }
    t.diagnostic(`${asked - apart.length} of ${asked} requests agree`)
    assert.deepEqual(apart, [])
    assert.equal(asked, REQUESTS)
  })

  // Were the harness wrong about what a request says, both would agree on another corpus than the one there is.
  it("is read as Cedar itself reads it", (t) => {
    let asked = 0
    const apart: string[] = []
    for (const test of everySoMany(corpusTests())) {
      asked += test.requests.length
      apart.push(...oracleDisagreements(test))
    }
    t.diagnostic(`the oracle was asked about ${asked} requests`)
    assert.deepEqual(apart, [])
    assert.ok(asked > REQUESTS / ONE_IN / 2)
  })
})

function disagreements({ name, policies, entities, requests }: CorpusTest): string[] {
  const [set, store] = [compiled(policies), EntityStore.from(entities)]
  return requests.flatMap(({ expected, ...request }, place) => {
    const verdict = askCompiled(set, store, request)
    return same(verdict, expected)
      ? []
      : [`${name}, request ${place}: ${JSON.stringify({ verdict, expected })}`]
  })
}

function oracleDisagreements({ name, policies, entities, requests }: CorpusTest): string[] {
  return requests.flatMap(({ expected, ...request }, place) => {
    const verdict = askOracle({ ...request, policies, entities })
    return same(verdict, expected)
      ? []
      : [`${name}, request ${place}: ${JSON.stringify({ verdict, expected })}`]
  })
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function* everySoMany(tests: Iterable<CorpusTest>): Generator<CorpusTest> {
  let place = 0
  for (const test of tests) {
    if (place++ % ONE_IN === 0) yield test
  }
}
