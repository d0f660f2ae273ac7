import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { PolicyDecision } from "./decision.ts"
import { type Ask, baseOf, decideIn, texts } from "./matrix/world.ts"

const PAY = `principal == Tabard::Agent::"agt_1", action == Tabard::Action::"srv_bank/send_money", resource`
const READ = `principal == Tabard::Agent::"agt_1", action == Tabard::Action::"srv_files/read_file", resource`

describe("what a call leaves open", () => {
  // 1e15 is more than Cedar's decimal holds, 500.00001 finer: of neither would the guard-rail hold.
  for (const [form, condition, beyond, within] of [
    [
      "dec",
      `context.input has amount.dec && context.input.amount.dec.greaterThan(decimal("500.00"))`,
      ["1e15", "1000000000000000", "500.00001"],
      "500",
    ],
    [
      "long",
      "context.input.amount has long && context.input.amount.long > 500",
      ["500.5", "9223372036854775808"],
      "500",
    ],
  ] as const) {
    it(`does not go past a forbid on its ${form}, which no number without one could meet`, () => {
      const forbid = `forbid (${PAY}) when { ${condition} };`
      for (const amount of beyond) {
        const denied = payOf([`permit (${PAY});`, forbid], amount)
        assert.deepEqual([denied.effect, denied.code], ["deny", "arguments_refused"], amount)
        assert.match(denied.missing, /amount has no exact (decimal|whole number)/)
        assert.equal(payOf([`permit (${PAY});`], amount).effect, "permit", "no limit looks at it")
      }
      assert.equal(payOf([`permit (${PAY});`, forbid], within).effect, "permit")
    })
  }

  it("is judged by a forbid that says itself what holds without the form", () => {
    for (const condition of [
      `when { !(context.input.amount has dec) }`,
      `unless { context.input.amount has dec && context.input.amount.dec.lessThan(decimal("500.0")) }`,
      `when { !(context.input.amount has dec) || context.input.amount has dec && context.input.amount.dec.greaterThan(decimal("500.0")) }`,
    ]) {
      const denied = payOf([`permit (${PAY});`, `@ask("owner") forbid (${PAY}) ${condition};`], "1e15")
      assert.equal(denied.effect, "ask", condition)
    }
  })

  const WITHIN = `permit (${READ}) when { context.input has paths && context.input.paths.under.contains("/srv") };`

  for (const [by, condition] of [
    ["folder", `context.input has paths && context.input.paths.under.contains("/srv/keys")`],
    [
      "pattern",
      `context.facts.input has paths && context.facts.input.paths.matches.contains("/srv/keys/.*")`,
    ],
  ] as const) {
    it(`does not come by a link to what a forbid keeps it from, by its ${by}`, () => {
      const policies = [WITHIN, `forbid (${READ}) when { ${condition} };`]
      assert.equal(readOf(policies, "/srv/keys/a", "/srv/keys/a").effect, "deny")
      assert.equal(readOf(policies, "/srv/notes/a", "/srv/notes/a").effect, "permit")
      for (const [given, real] of [
        ["/srv/link", "/srv/keys/a"],
        ["/srv/keys/link", "/srv/notes/a"],
      ] as const) {
        assert.equal(readOf(policies, given, real).code, "arguments_refused", `${given} to ${real}`)
        assert.equal(readOf([WITHIN], given, real).effect, "permit", "no forbid asks about it")
      }
    })
  }

  it("holds a permit on a path's pattern to where the path leads", () => {
    const permit = `permit (${READ}) when { context.facts.input has paths && context.facts.input.paths.matches.contains("/srv/.*") };`
    assert.equal(readOf([permit], "/srv/a", "/srv/b").effect, "permit")
    assert.equal(readOf([permit], "/srv/link", "/etc/shadow").effect, "deny")
  })

  it("is denied by a forbid that exempts a folder, wherever a link crosses its edge", () => {
    const policies = [
      `permit (${READ});`,
      `@ask("owner") forbid (${READ}) unless { context.input has paths && context.input.paths.under.contains("/srv") };`,
    ]
    assert.equal(readOf(policies, "/srv/link", "/etc/shadow").effect, "ask")
    assert.equal(readOf(policies, "/srv/a", "/srv/a").effect, "permit")
  })
})

function payOf(policies: readonly string[], amount: string): PolicyDecision {
  return decided(policies, { json: `{"to":"bob","amount":${amount}}` })
}

function readOf(policies: readonly string[], given: string, real: string): PolicyDecision {
  return decided(policies, {
    server: "srv_files",
    tool: "read_file",
    arguments: { paths: [given] },
    realPaths: { [given]: real },
  })
}

function decided(policies: readonly string[], ask: Ask): PolicyDecision {
  return decideIn(baseOf(texts(Object.fromEntries(policies.map((text, at) => [`p/${at}`, text])))), ask)
}
