import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { policyMeaning } from "./policy-meaning.ts"

const TEXT = `@id("a") @say("no") forbid (principal, action, resource) when { context.x == 9007199254740993 };`

describe("what a policy means", () => {
  it("is the same whatever its layout, its comments and its id", () => {
    const other = `// kept since 2026\n@say("no")\n@id("b")\nforbid (\n  principal, // all\n  action,\n  resource\n)\nwhen { context.x == 9007199254740993 };`
    assert.equal(meaningOf(other), meaningOf(TEXT))
  })

  for (const [what, from, to] of [
    ["words", `@say("no")`, `@say("never")`],
    ["effect", "forbid", "permit"],
    ["scope", "(principal,", "(principal is Tabard::Agent,"],
    ["last digit", "9007199254740993", "9007199254740992"],
    ["number that stands as a text", "9007199254740993", `"9007199254740993"`],
  ] as const)
    it(`is another with another ${what}`, () => {
      const other = TEXT.replace(from, to)
      assert.notEqual(other, TEXT)
      assert.notEqual(meaningOf(other), meaningOf(TEXT))
    })

  it("is refused of what is no policy", () => {
    assert.throws(() => meaningOf("forbid (principal"), { code: "policy_invalid" })
  })
})

function meaningOf(text: string): string {
  return policyMeaning({ id: "p", text })
}
