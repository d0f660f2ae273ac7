import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type AsksDescription, asksDescription } from "./asks-description.ts"
import { readPolicy } from "./cedar/read-policy.ts"

const OF_FACTS = [
  `unless { principal has category && principal.category == "local" }`,
  `when { context.session.env == "production" }`,
  "when { context.session has env }",
  `when { if context.session has ip then false else ["x"].contains(context.session.env) }`,
  // Whoever holds all of it against something looks at each member.
  `when { context.session == { env: "production" } }`,
  "when { context == { session: context.session } }",
  "when { [context.session].isEmpty() }",
  `when { context["session"]["env"] like "prod*" }`,
]

const OF_RISK = ["when { principal.risk > 50 }", "unless { principal has risk }"]

const OF_NOTHING = [
  "",
  "unless { principal has owner }",
  "unless { principal.active }",
  `when { context.session has ip && context.session.ip.isInRange(ip("10.0.0.0/8")) }`,
  `when { context.session.bound == "none" || context.session.posture.contains("endpoint:private") }`,
  `when { context has session && context.facts.within.contains("sat 10:00-11:00 UTC") }`,
  `when { context.session.read.contains("critical") }`,
  "when { context.session.left.calls < 3 && context.session.tool.pinned }",
]

describe("what a policy looks at of how an agent is described", () => {
  it("is its category and where it acts, where it names them or takes all of the session", () => {
    for (const condition of OF_FACTS)
      assert.deepEqual(asks(condition), { asksFacts: true, asksRisk: false }, condition)
  })

  it("is its risk where it names that", () => {
    for (const condition of OF_RISK)
      assert.deepEqual(asks(condition), { asksFacts: false, asksRisk: true }, condition)
  })

  it("is nothing where it looks at the mandate, the way of the request and the time alone", () => {
    for (const condition of OF_NOTHING)
      assert.deepEqual(asks(condition), { asksFacts: false, asksRisk: false }, condition)
  })
})

function asks(condition: string): AsksDescription {
  const read = readPolicy(`forbid (principal, action, resource) ${condition};`)
  assert.ok(read.type === "success", condition)
  return asksDescription(read.json)
}
