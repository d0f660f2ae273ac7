import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { MOST_KEPT_CASES, readKeptCases } from "./kept-cases.ts"

const AGENT = "agt_0190a0a0-0000-7000-8000-000000000000"
const CALL = "call: { server: notes, tool: write }"
const CASE = `{ name: a, who: ${AGENT}, ${CALL}, when: { task: false }, expect: deny }`

function kept(cases: string, before = ""): ReturnType<typeof readKeptCases> {
  return readKeptCases(`version: 1\n${before}cases:\n  - ${cases}\n`)
}

describe("cases that a server keeps", () => {
  it("are read with the line on which each stands, and none are kept by a text that says nothing", () => {
    const [first, second] = kept(`${CASE}\n  - ${CASE.replace("name: a", "name: b")}`)
    assert.deepEqual([first?.line, second?.line], [3, 4])
    assert.deepEqual(readKeptCases(" \n"), [])
  })

  it("are refused with line and column where only files could answer them", () => {
    const wrong: readonly (readonly [string, RegExp])[] = [
      [CASE.replace(AGENT, "payer"), /line 3, column \d+: a server cannot be asked.*by the id of an agent/],
      [CASE.replace("task: false", "environment: staging"), /line 3, column \d+: .*in which task/],
      [CASE.replace("task: false", "task: false, owner: false"), /line 3.*for files alone/],
      [CASE.replace(CALL, `actingFor: [b], ${CALL}`), /line 3.*for files alone/],
      [CASE.replace("expect", "expects"), /line 3, column/],
      [`${CASE}\n  - ${CASE}`, /line 4, column \d+: this name stands twice/],
    ]
    for (const [cases, words] of wrong)
      assert.throws(() => kept(cases), { code: "body_invalid", message: words }, cases)
    for (const member of [
      "manifests: [agents]",
      "guardRails: [own.cedar]",
      "byHand: { a: b.cedar }",
      "offered: o.yaml",
    ])
      assert.throws(
        () => kept(CASE, `${member}\n`),
        { message: /line 2, column \d+: it names files/ },
        member,
      )
    const ask = `{ name: a, ask: { subject: { type: user, id: a }, action: { name: read }, resource: { type: doc, id: b } }, expect: deny }`
    assert.throws(() => kept(ask), { message: /line 3.*of files alone/ })
  })

  it(`are at most ${MOST_KEPT_CASES}`, () => {
    const many = (length: number): string =>
      Array.from({ length }, (_, index) => CASE.replace("name: a", `name: a${index}`)).join("\n  - ")
    assert.equal(kept(many(MOST_KEPT_CASES)).length, MOST_KEPT_CASES)
    assert.throws(() => kept(many(MOST_KEPT_CASES + 1)), {
      message: /line 503, column \d+: there are 501 cases/,
    })
  })
})
