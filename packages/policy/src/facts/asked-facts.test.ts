import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Json } from "@tabard/core"
import { decide } from "../decide.ts"
import type { PinnedTool } from "../pinned-tool.ts"
import { compilePolicies } from "../policy-base.ts"
import { compileSchema } from "../schema.ts"

const AGENT = `principal == Tabard::Agent::"agt_1", action == Tabard::Action::"srv_1/fetch", resource`
const AT_HOST = `context.facts.input has url && context.facts.input.url.hosts.contains("api.example.com")`

describe("a fact that a policy asks for", () => {
  it("holds where the value is judged to be so, and for nobody where it cannot be judged", () => {
    const policies = [`permit (${AGENT}) when { ${AT_HOST} };`]
    for (const [url, effect] of [
      ["https://api.example.com/a", "permit"],
      ["https://api.example.com@evil.example/", "deny"],
      ["https://evil.example/?https://api.example.com", "deny"],
      ["no URL", "deny"],
    ] as const) {
      assert.equal(effectOf(policies, { url }), effect, url)
    }
    assert.equal(effectOf(policies, {}), "deny")
  })

  it("refuses the call where a forbid asked and the value cannot be judged, since its silence would let through", () => {
    const policies = [`permit (${AGENT});`, `forbid (${AGENT}) when { ${AT_HOST} };`]
    assert.equal(effectOf(policies, { url: "https://other.example/" }), "permit")
    assert.equal(effectOf(policies, { url: "https://api.example.com/" }), "deny")
    assert.equal(effectOf(policies, { url: "https://api.example.com\\@other.example/" }), "deny")
    assert.equal(codeOf(policies, { url: "https://api.example.com\\@other.example/" }), "arguments_refused")
  })

  it("takes nothing away from another permit where its own value cannot be judged", () => {
    const open = `permit (${AGENT});`
    assert.equal(effectOf([open, `permit (${AGENT}) when { ${AT_HOST} };`], { url: "no URL" }), "permit")
  })

  it("is asked of each text of a list: of every one, or of some", () => {
    const every = (operand: string): string =>
      `context.facts.input has tags && context.facts.input.tags.every.matches.contains("${operand}")`
    const some = `context.facts.input has tags && context.facts.input.tags.some.matches.contains("x.*")`
    const within = [`permit (${AGENT}) when { ${every("[a-z]+")} };`]
    assert.equal(effectOf(within, { tags: ["a", "bc"] }), "permit")
    assert.equal(effectOf(within, { tags: ["a", "B"] }), "deny")
    assert.equal(effectOf(within, { tags: [] }), "deny")
    assert.equal(effectOf(within, { tags: Array.from({ length: 1001 }, () => "a") }), "deny")
    const without = [`permit (${AGENT});`, `forbid (${AGENT}) when { ${some} };`]
    assert.equal(effectOf(without, { tags: ["a", "xy"] }), "deny")
    assert.equal(effectOf(without, { tags: ["a"] }), "permit")
    assert.equal(effectOf(without, { tags: Array.from({ length: 1001 }, () => "a") }), "deny")
    assert.equal(effectOf(without, { tags: ["a".repeat(2000)] }), "deny")
  })

  it("is asked of a member of an argument, whatever that is called", () => {
    const policies = [
      `permit (${AGENT}) when { context.facts.input has body && context.facts.input.body has "to whom"
        && context.facts.input.body["to whom"].recipients.contains("@example.com") };`,
    ]
    assert.equal(effectOf(policies, { body: { "to whom": "a@example.com" } }), "permit")
    assert.equal(effectOf(policies, { body: { "to whom": "a@evil.example" } }), "deny")
    assert.equal(effectOf(policies, { body: {} }), "deny")
  })

  it("can be the time", () => {
    const at = (hours: string): string[] => [
      `permit (${AGENT}) when { context.facts.within.contains("${hours}") };`,
    ]
    assert.equal(effectOf(at("sat 10:00-11:00 UTC"), {}), "permit")
    assert.equal(effectOf(at("sat 10:01-11:00 UTC"), {}), "deny")
    assert.equal(effectOf(at("sun 10:00-11:00 UTC"), {}), "deny")
  })

  it("is there for whoever asks only whether an argument is given", () => {
    const policies = [`permit (${AGENT});`, `forbid (${AGENT}) when { context.facts.input has url };`]
    assert.equal(effectOf(policies, { url: "x" }), "deny")
    assert.equal(effectOf(policies, {}), "permit")
  })
})

describe("a policy that asks for facts", () => {
  it("is refused where it could not be answered, or would let through what cannot be judged", () => {
    const has = "context.facts.input has url"
    const url = "context.facts.input.url"
    for (const [policy, words] of [
      [`permit (${AGENT}) unless { ${AT_HOST} };`, /not on its absence/],
      [`permit (${AGENT}) when { !(${AT_HOST}) };`, /not on its absence/],
      [`permit (${AGENT}) when { if ${AT_HOST} then false else true };`, /not on its absence/],
      [`permit (${AGENT}) when { (${AT_HOST}) == false };`, /not on its absence/],
      [`permit (${AGENT}) when { ${has} && ${url}.hosts == ["a.example"] };`, /ask `context.facts` only as/],
      [`permit (${AGENT}) when { ${has} && ["a.example"].containsAll(${url}.hosts) };`, /only as/],
      [`permit (${AGENT}) when { ${has} && ${url}.hosts.isEmpty() };`, /only as/],
      [`permit (${AGENT}) when { ${has} && ${url}.hosts.contains(context.input.url) };`, /only as/],
      [`permit (${AGENT}) when { context.facts == context.facts };`, /only as/],
      [`permit (${AGENT}) when { ${has} && ${url}.hosts.contains("API.example.com") };`, /is no host/],
      [`permit (${AGENT}) when { ${has} && ${url}.matches.contains("(a)\\\\1") };`, /cannot be judged/],
      [`permit (${AGENT}) when { ${has} && ${url}.recipients.contains("example.com") };`, /is no recipient/],
      [`permit (${AGENT}) when { context.facts.within.contains("mondays") };`, /are no hours/],
      [`permit (${AGENT}) when { ${url}.hosts.contains("a.example") };`, /url/],
    ] as const) {
      assert.throws(() => effectOf([policy], {}), { code: "policy_invalid", message: words }, policy)
    }
  })

  it("may ask about absence where it forbids", () => {
    const policies = [`permit (${AGENT});`, `forbid (${AGENT}) unless { ${AT_HOST} };`]
    assert.equal(effectOf(policies, { url: "https://api.example.com/" }), "permit")
    assert.equal(effectOf(policies, { url: "https://evil.example/" }), "deny")
    assert.equal(effectOf(policies, {}), "deny")
  })
})

const TEXT = { type: "string" }
const TOOL: PinnedTool = {
  server: "srv_1",
  name: "fetch",
  digest: "d",
  inputSchema: {
    type: "object",
    properties: {
      url: TEXT,
      count: { type: "number" },
      tags: { type: "array", items: TEXT },
      body: { type: "object", properties: { "to whom": TEXT, n: { type: "number" } } },
    },
  },
  effects: ["read"],
  roles: {},
}

function decided(policies: readonly string[], args: Record<string, Json>): ReturnType<typeof decide> {
  const texts = policies.map((text, index) => ({ id: `p/${index + 1}`, text }))
  const base = compilePolicies({ schema: compileSchema([TOOL]), policies: texts, version: 1 })
  return decide(base, {
    organisation: "org_1",
    action: { tool: "fetch", digest: "d", arguments: args },
    server: { id: "srv_1" },
    links: { agents: [{ id: "agt_1", owner: "usr_1", tier: "operator", category: "local", risk: 1 }] },
    session: {
      now: new Date("2026-11-21T10:00:00Z"),
      door: "gateway",
      env: "dev",
      bound: "dpop",
      left: { calls: 1, spend: "0" },
    },
  })
}

function effectOf(policies: readonly string[], args: Record<string, Json>): string {
  return decided(policies, args).effect
}

function codeOf(policies: readonly string[], args: Record<string, Json>): string {
  return decided(policies, args).code
}
