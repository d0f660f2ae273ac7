import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { readPolicy } from "./read-policy.ts"

describe("reading a policy", () => {
  for (const text of [
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "-9007199254740993",
  ]) {
    it(`keeps the integer ${text}`, () => {
      assert.deepEqual(body(`context.n == ${text}`), {
        "==": { left: { ".": { left: { Var: "context" }, attr: "n" } }, right: { Value: BigInt(text) } },
      })
    })
  }

  it("leaves digits in texts, comments, names and entities as they are", () => {
    const digits = "9007199254740993"
    assert.deepEqual(body(`"${digits}" == context.a${digits} // ${digits} "`), {
      "==": { left: { Value: digits }, right: { ".": { left: { Var: "context" }, attr: `a${digits}` } } },
    })
    assert.deepEqual(body(`User::"${digits}\\" ${digits}" == 9007199254740993`), {
      "==": {
        left: { Value: { __entity: { type: "User", id: `${digits}" ${digits}` } } },
        right: { Value: 9_007_199_254_740_993n },
      },
    })
  })

  it("reads the integers behind a comment that ends at a carriage return, as Cedar does", () => {
    assert.deepEqual(body("// 9007199254740993\rcontext.n == 9007199254740993"), {
      "==": {
        left: { ".": { left: { Var: "context" }, attr: "n" } },
        right: { Value: 9_007_199_254_740_993n },
      },
    })
  })

  it("takes no text of the policy for an integer, however it begins", () => {
    assert.deepEqual(body('["long:1", "\\u{6c}ong:2", "longlong:3"] == 9007199254740993'), {
      "==": {
        left: { Set: [{ Value: "long:1" }, { Value: "long:2" }, { Value: "longlong:3" }] },
        right: { Value: 9_007_199_254_740_993n },
      },
    })
  })

  it("refuses what Cedar refuses, with the place in the text as it was written", () => {
    const reading = readPolicy("permit (principal, action, resource) when { 9223372036854775808 == 1 };")
    assert.ok(reading.type === "failure")
    assert.match(reading.errors[0]?.message ?? "", /9223372036854775808.*too large/)
  })
})

function body(condition: string): unknown {
  const reading = readPolicy(`permit (principal, action, resource) when { ${condition}\n};`)
  assert.ok(reading.type === "success")
  return reading.json.conditions[0]?.body
}
