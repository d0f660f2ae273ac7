import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { validate } from "@cedar-policy/cedar-wasm/nodejs"
import { nestingComplaint } from "./nesting.ts"
import { readPolicy } from "./read-policy.ts"
import { askOracle, askOurs, type Case } from "./testing/oracle.ts"

/** Each way in which a condition can go on and on. */
const FORMS: Readonly<Record<string, (n: number) => string>> = {
  parentheses: (n) => `${"(".repeat(n)}true${")".repeat(n)}`,
  negations: (n) => `${"!(".repeat(n)}true${")".repeat(n)}`,
  sets: (n) => `${"[".repeat(n)}${"]".repeat(n)} == 1`,
  records: (n) => `${"{a: ".repeat(n)}1${"}".repeat(n)} == 1`,
  calls: (n) => `${"[1].contains(".repeat(n)}1${")".repeat(n)}`,
  "choices in parentheses": (n) => `${"(if true then ".repeat(n)}true${" else false)".repeat(n)}`,
  choices: (n) => `${"if true then ".repeat(n)}true${" else false".repeat(n)}`,
  "choices of choices": (n) => `${"if ".repeat(n)}true${" then true else false".repeat(n)}`,
  sums: (n) => `1${" + 1".repeat(n)} == 1`,
  products: (n) => `1${" * 1".repeat(n)} == 1`,
  attributes: (n) => `context${".a".repeat(n)} == 1`,
  "attributes in brackets": (n) => `context${'["a"]'.repeat(n)} == 1`,
  "attributes asked for": (n) => `context has a${".a".repeat(n)}`,
  conjunctions: (n) => `${"true && ".repeat(n)}true`,
  disjunctions: (n) => `${"false || ".repeat(n)}true`,
  "sums in parentheses": (n) => `${"(1 + 1 + 1 + 1 + 1 + ".repeat(n)}1${")".repeat(n)} == 1`,
  "conditions in parentheses": (n) => `${`(${"true && ".repeat(100)}`.repeat(n)}true${")".repeat(n)}`,
}

describe("a policy's nesting", () => {
  for (const [form, make] of Object.entries(FORMS)) {
    // Out of its stack, Cedar parses nothing more: whatever comes after it in this file would fail as well.
    it(`is taken as far as Cedar is safe with it, and no further: ${form}`, () => {
      const most = greatest((n) => nestingComplaint(policy(make(n))) === undefined)
      assert.ok(most >= 7, `only ${most} of them are taken`)
      const [text, schema] = [
        policy(make(most)),
        "entity User; action read appliesTo { principal: User, resource: User };",
      ]
      assert.equal(validate({ schema, policies: { staticPolicies: { p: text } } }).type, "success")
      assert.deepEqual(askOurs(about(text)), askOracle(about(text)))
      const beyond = readPolicy(policy(make(100_000)))
      assert.ok(beyond.type === "failure" && beyond.errors[0]?.message.includes("nested too deeply"))
      assert.equal(readPolicy(policy("true")).type, "success")
    })
  }

  it("counts neither what stands side by side, nor texts, nor comments", () => {
    const wide = `[${Array.from({ length: 5000 }, (_, n) => `context.a.b + ${n}`).join()}].contains(1)`
    assert.equal(nestingComplaint(policy(wide)), undefined)
    assert.equal(
      nestingComplaint(policy(`"${"(".repeat(5000)}\\"${"[".repeat(5000)}" == "" // ${"{".repeat(5000)}\n`)),
      undefined,
    )
    assert.equal(
      nestingComplaint(Array.from({ length: 5000 }, () => policy("context.a == (1 + 2)")).join("\n")),
      undefined,
    )
  })

  it("counts what stands behind a carriage return, where Cedar's comments end", () => {
    const deep = `${"(".repeat(5000)}true${")".repeat(5000)}`
    assert.ok(nestingComplaint(`// a comment\r${policy(deep)}`))
  })

  it("counts no annotation", () => {
    const annotations = Array.from({ length: 1000 }, (_, n) => `@a${n}("x")`).join(" ")
    assert.equal(nestingComplaint(`${annotations} ${policy("true")}`), undefined)
  })

  it("is told with its place", () => {
    const [place] = nestingComplaint(`// é\n${"(".repeat(5000)}`)?.sourceLocations ?? []
    assert.ok(place && place.start > 5 && place.start < 60)
  })

  it("does not mind brackets that were never opened", () => {
    assert.equal(nestingComplaint(")".repeat(5000)), undefined)
    assert.ok(nestingComplaint(`${")".repeat(5000)}${"(".repeat(5000)}`))
  })
})

function greatest(taken: (n: number) => boolean): number {
  let [low, high] = [0, 10_000]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (taken(middle)) low = middle
    else high = middle
  }
  return low
}

function policy(condition: string): string {
  return `permit (principal, action, resource) when { ${condition} };`
}

function about(text: string): Case {
  const uid = { type: "User", id: "ann" }
  return {
    policies: { p: text },
    principal: uid,
    action: { type: "Action", id: "read" },
    resource: uid,
    context: {},
    entities: [],
  }
}
