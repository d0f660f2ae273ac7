import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { JsonObject } from "@tabard/core"
import { quote } from "./cedar.ts"
import { baseOf, decideIn, TOOLS, texts } from "./matrix/world.ts"
import { compilePolicies } from "./policy-base.ts"
import { PolicyInvalid } from "./policy-invalid.ts"
import { compileSchema } from "./schema.ts"

const PERMIT = `permit (principal == Tabard::Agent::"agt_1", action == Tabard::Action::"srv_bank/send_money", resource);`
const PATHS = `permit (principal, action == Tabard::Action::"srv_files/read_file", resource) when { context.input has paths`

describe("putting policies into force", () => {
  it("refuses one that does not say what can be judged, with its place", () => {
    for (const [text, words, line, column] of [
      ["permit (principal, action, resource)", /expected/, 1, 37],
      ['permit (principal, action, resource)\nwhen { "é" == principle };', /principle|variable/, 2, 15],
      ['permit (principal, action == Tabard::Action::"srv_bank/pay", resource);', /srv_bank\/pay/, 1, 30],
      [`${PERMIT.slice(0, -1)} when { context.input.amount > 5 };`, /Long|type/, undefined, undefined],
      [`${PERMIT.slice(0, -1)} when { context.input.note == "" };`, /note/, undefined, undefined],
      [`@ask("owner") ${PERMIT}`, /@ask belongs on a forbid/, 1, 1],
      [
        `@requestable("owner") ${PERMIT.replace("permit", "forbid")}`,
        /@requestable belongs on a permit/,
        1,
        1,
      ],
      [`${PATHS} && context.input.paths.under.contains("notes") };`, /absolute path/, 1, 1],
      [`${PATHS} && context.input.paths.under.contains("/a/../b") };`, /is spelt \/b/, 1, 1],
      [`${PATHS} && context.input.paths.under == ["/a"] };`, /ask `under` only with contains/, 1, 1],
      [`${PATHS} && context.input.paths.under.contains(context.session.door) };`, /ask `under` only/, 1, 1],
      [
        "permit (principal is Tabard::Agent, action, resource) when { principal has owner && principal.owner.active };",
        /not looked into/,
        1,
        1,
      ],
    ] as const) {
      assert.throws(
        () => baseOf(texts({ "pol_1/1": text })),
        (error) => {
          assert.ok(error instanceof PolicyInvalid, String(error))
          assert.equal(error.policy, "pol_1/1")
          assert.match(error.message, words)
          if (line !== undefined) assert.deepEqual(error.position, { line, column })
          return true
        },
      )
    }
  })

  it("refuses an id that stands twice", () => {
    const twice = [...texts({ "agt_1/1": PERMIT }), ...texts({ "agt_1/1": PERMIT })]
    assert.throws(() => baseOf(twice), /stands twice/)
  })

  it("takes a condition that names another tool", () => {
    const text = `${PERMIT.slice(0, -1)} unless { action == Tabard::Action::"srv_files/move_file" };`
    assert.equal(decideIn(baseOf(texts({ "agt_1/1": text })), {}).effect, "permit")
  })

  it("asks for folders one by one, several, and as a set", () => {
    const text = `${PATHS} && (context.input.paths.under.containsAny(["/a", "/b"]) || context.input.paths.under.contains("/c")) };`
    const base = baseOf(texts({ "pol_1/1": text }))
    assert.deepEqual(base.policies.get("pol_1/1")?.roots, ["/a", "/b", "/c"])
    const read = (path: string): string =>
      decideIn(base, { server: "srv_files", tool: "read_file", arguments: { paths: [path] } }).effect
    assert.deepEqual(["/a/x", "/b", "/c/y", "/d"].map(read), ["permit", "permit", "permit", "deny"])
  })

  it("parses and checks again only what changed", () => {
    const first = baseOf(texts({ "agt_1/1": PERMIT, "agt_2/1": PERMIT.replace("agt_1", "agt_2") }))
    const second = baseOf(texts({ "agt_1/1": PERMIT, "agt_2/1": PERMIT.replace("agt_1", "agt_3") }), first)
    assert.equal(second.policies.get("agt_1/1"), first.policies.get("agt_1/1"))
    assert.equal(decideIn(second, { agents: [{ id: "agt_2" }] }).effect, "deny")
    assert.equal(decideIn(second, { agents: [{ id: "agt_3" }] }).effect, "permit")
    assert.equal(decideIn(first, { agents: [{ id: "agt_2" }] }).effect, "permit")
    assert.throws(() => baseOf(texts({ "agt_1/1": PERMIT.replace("send", "lend") }), first), PolicyInvalid)
  })

  it("denies where a policy no longer fits a tool that changed, and nowhere else", () => {
    const limited = `${PERMIT.slice(0, -1)} when { context.input.amount has dec };`
    const other = `permit (principal, action == Tabard::Action::"srv_files/move_file", resource);`
    const policies = texts({ "agt_1/1": limited, "agt_1/2": other })
    const schema = compileSchema(
      TOOLS.map((tool) =>
        tool.name === "send_money"
          ? { ...tool, inputSchema: { type: "object", properties: { to: {}, amount: { type: "string" } } } }
          : tool,
      ),
    )
    const load = { policies, version: 2, invalid: "deny" } as const
    const base = compilePolicies({ ...load, schema })
    assert.deepEqual([...base.broken.keys()], ["agt_1/1"])
    const decision = decideIn(base, { arguments: { to: "bob", amount: "5" } })
    assert.deepEqual([decision.code, decision.erred], ["evidence_missing", ["agt_1/1"]])
    const move = {
      server: "srv_files",
      tool: "move_file",
      arguments: { source: "/a", destination: "/b" },
    } as const
    assert.equal(decideIn(base, move).effect, "permit")

    const again = compilePolicies({ ...load, schema, previous: base })
    assert.deepEqual([...again.broken.keys()], ["agt_1/1"])
    assert.throws(() => compilePolicies({ policies, version: 2, schema }), PolicyInvalid)
  })

  it("denies where a forbid no longer fits, though the call gives nothing that it asks about", () => {
    const forbid = `forbid (principal, action == Tabard::Action::"srv_bank/send_money", resource) when { context.input has note && context.input.note like "*secret*" };`
    const schema = compileSchema(
      TOOLS.map((tool) =>
        tool.name === "send_money" ? { ...tool, inputSchema: withNote({ type: "number" }) } : tool,
      ),
    )
    const policies = texts({ "agt_1/1": PERMIT, "own/1": forbid })
    const base = compilePolicies({ schema, policies, version: 2, invalid: "deny" })
    assert.deepEqual([...base.broken.keys()], ["own/1"])
    // It errs for nobody: there is no note to be looked at.
    const { effect, code, erred } = decideIn(base, { arguments: { to: "bob", amount: 5 } })
    assert.deepEqual([effect, code, erred], ["deny", "evidence_missing", ["own/1"]])
  })

  it("leaves a tool that cannot be judged out, and says why when it is called", () => {
    const tools = TOOLS.map((tool) => (tool.name === "send_money" ? { ...tool, inputSchema: {} } : tool))
    const base = compilePolicies({ schema: compileSchema(tools), policies: [], version: 1 })
    const decision = decideIn(base, {})
    assert.equal(decision.code, "tool_unknown")
    assert.match(decision.missing, /its input schema is not of type object/)
  })
})

function withNote(note: JsonObject): JsonObject {
  return { type: "object", properties: { to: { type: "string" }, amount: { type: "number" }, note } }
}

describe("a text in a policy", () => {
  it("stays a text, whatever is in it", () => {
    for (const name of [
      '"); permit(principal, action, resource);//',
      "a\\",
      "line\nbreak",
      "é😀\u0000",
      '\\"',
    ]) {
      const text = `@say(${quote(name)}) permit (principal == Tabard::Agent::${quote(name)}, action, resource);`
      const base = baseOf(texts({ "pol_1/1": text }))
      assert.equal(base.policies.get("pol_1/1")?.say, name)
      const { principal } = base.policies.get("pol_1/1")?.json ?? {}
      assert.deepEqual(principal, { op: "==", entity: { type: "Tabard::Agent", id: name } })
    }
  })
})
