import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { couldPermit } from "./could-permit.ts"
import { baseOf, questionOf, texts } from "./matrix/world.ts"

const PERMIT = `permit (principal == Tabard::Agent::"agt_1", action in Tabard::Action::"effect:financial", resource)`

describe("a tool that could be permitted", () => {
  it("is one that each link has a permit for, whatever its conditions", () => {
    assert.equal(could({ "agt_1/1": `${PERMIT} when { context.session.env == "dev" };` }), true)
    assert.equal(could({ "agt_1/1": `@requestable("owner") ${PERMIT};` }), true)
    assert.equal(could({ "agt_1/1": `${PERMIT};` }, true), false)
    assert.equal(could({}), false)
  })

  it("is none that is forbidden without a condition, by a policy that no approval discharges", () => {
    const permit = `${PERMIT};`
    assert.equal(could({ a: permit, b: "forbid (principal, action, resource);" }), false)
    assert.equal(could({ a: permit, b: '@ask("owner") forbid (principal, action, resource);' }), true)
    assert.equal(
      could({ a: permit, b: 'forbid (principal, action, resource) when { context.session.env == "x" };' }),
      true,
    )
  })

  it("is none that nobody has reviewed", () => {
    assert.equal(could({ a: `${PERMIT};` }, false, "wire_money"), false)
  })
})

function could(policies: Record<string, string>, task = false, name = "send_money"): boolean {
  const { organisation, links } = questionOf({ task })
  return couldPermit(baseOf(texts(policies)), { organisation, links, tool: { server: "srv_bank", name } })
}
