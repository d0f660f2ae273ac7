import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { comparePolicies } from "./policy-words.ts"

const FORBID = {
  id: "own/a",
  text: `@id("a")\n@say("nothing  is paid")\nforbid (principal, // all\n  action, resource);`,
}
const PERMIT = { id: "own/b", text: `permit (principal, action, resource) when { "a  b" == "c" };` }
const ASK = { id: "own/c", text: `@ask("owner") @say("money leaves") forbid (principal, action, resource);` }

describe("what became of policies", () => {
  it("is said as access: a forbid takes away where it comes, and adds where it goes", () => {
    const forbids = "own/a forbids (nothing  is paid): forbid (principal, action, resource);"
    const permits = `own/b permits: permit (principal, action, resource) when { "a  b" == "c" };`
    assert.deepEqual(comparePolicies([], [FORBID, PERMIT]), { adds: [permits], takesAway: [forbids] })
    assert.deepEqual(comparePolicies([FORBID, PERMIT], []), {
      adds: [`No more: ${forbids}`],
      takesAway: [`No more: ${permits}`],
    })
    assert.match(comparePolicies([], [ASK]).takesAway.join(), /^own\/c asks owner \(money leaves\)/)
  })

  it("is nothing where only order, layout, comments and ids are others", () => {
    const other = {
      id: "own/z",
      text: `@say("nothing  is paid") @id("z") forbid(principal,action,resource);`,
    }
    assert.deepEqual(comparePolicies([FORBID, PERMIT], [PERMIT, other]), { adds: [], takesAway: [] })
  })
})
