import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { effectiveFacts, type Fact, type FactKind } from "./fact.ts"

describe("the effective value of a fact", () => {
  it("is a person's word over what was seen, however new the sight is", () => {
    const facts = [fact("declared", "a", 1), fact("observed", "b", 9)]
    assert.equal(effectiveFacts(facts).get("name")?.value, "a")
  })

  it("is the override over everything", () => {
    const facts = [fact("overridden", "x", 1), fact("declared", "a", 5), fact("observed", "b", 9)]
    assert.equal(effectiveFacts(facts).get("name")?.value, "x")
  })

  it("is the newest within a kind, in whatever order they are read", () => {
    const facts = [fact("observed", "old", 1), fact("observed", "new", 2)]
    assert.equal(effectiveFacts(facts).get("name")?.value, "new")
    assert.equal(effectiveFacts(facts.toReversed()).get("name")?.value, "new")
  })

  it("does not depend on order where two sources spoke at once", () => {
    const facts = [
      { ...fact("observed", "one", 1), source: "scan-a" },
      { ...fact("observed", "two", 1), source: "scan-b" },
    ]
    assert.equal(effectiveFacts(facts).get("name")?.value, "two")
    assert.equal(effectiveFacts(facts.toReversed()).get("name")?.value, "two")
  })
})

function fact(kind: FactKind, value: string, minute: number): Fact {
  return { subject: "agt_1", name: "name", kind, source: "test", value, at: new Date(minute * 60_000) }
}
