import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Instance, newId } from "@tabard/core"
import type { PresentedToken } from "../tokens/check-token.ts"
import type { TokenRecord } from "../tokens/token-store.ts"
import { type CallWorld, openCallWorld } from "./testing/call-world.ts"
import { beyondScope } from "./token-limits.ts"

const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } } as const

describe("a token's scope", () => {
  it("denies what needs more than it names, says what that is, and records it", async () => {
    await using world = await openCallWorld()
    const caller = await variant(world, { scope: ["read"] })
    assert.equal((await world.enforce({ ...READ, caller })).effect, "permit")
    const denied = await world.enforce({ caller })
    assert.equal(denied.effect, "deny")
    assert.equal(denied.effect === "deny" && denied.code, "insufficient_scope")
    assert.deepEqual(denied.effect === "deny" && denied.scope, ["write"])
    const decided = await world.events("call.decided")
    const codes = decided.map(({ decision }) => Object(decision).code)
    assert.deepEqual(codes.toSorted(), ["insufficient_scope", "permitted"])
  })

  it("leaves out nothing where there is none, and takes a tool that nobody classed for everything", () => {
    assert.equal(beyondScope(token(null), { name: "x", effects: [] }), undefined)
    assert.equal(beyondScope(token(["read"]), { name: "x", effects: ["read"] }), undefined)
    assert.equal(beyondScope(token(["read"]), { name: "x", effects: [] })?.code, "insufficient_scope")
    const two = beyondScope(token(["read"]), { name: "x", effects: ["read", "egress"] })
    assert.deepEqual(two?.scope, ["read", "egress"])
  })

  it("tells a person's client, and nobody else, that its person can sign in for more", () => {
    const tool = { name: "x", effects: ["write"] } as const
    assert.equal(beyondScope(token(["read"], "client"), tool)?.signsIn, true)
    for (const kind of ["key", "federated"] as const)
      assert.equal(beyondScope(token(["read"], kind), tool)?.signsIn, false)
  })
})

function token(
  scope: TokenRecord["scope"],
  kind: Instance["kind"] = "key",
): Parameters<typeof beyondScope>[0] {
  return { token: { scope } as TokenRecord, instance: { kind } as Instance }
}

describe("the calls of a token", () => {
  it("are as many of fifty at once as the least token of the chain has left, and no more", async () => {
    await using world = await openCallWorld()
    const parent = await variant(world, { callsLeft: 10 })
    const caller = await variant(world, { callsLeft: 30, lineage: [parent.jti] })
    const answers = await Promise.all(Array.from({ length: 50 }, () => world.enforce({ ...READ, caller })))
    assert.equal(answers.filter(({ effect }) => effect === "permit").length, 10)
    const denied = answers.flatMap((answer) => (answer.effect === "deny" ? [answer.code] : []))
    assert.deepEqual(new Set(denied), new Set(["calls_spent"]))
    const left = await world.world.snapshot(({ tokens }) => tokens.find(caller.jti))
    assert.equal(left?.callsLeft, 20)
  })

  it("are taken once for one attempt, however often it is asked, and not for what is denied", async () => {
    await using world = await openCallWorld()
    const caller = await variant(world, { callsLeft: 1 })
    const denied = await world.enforce({ ...READ, caller, arguments: { path: "/etc/passwd" } })
    assert.equal(denied.effect, "deny")
    const call = newId("call", world.world.clock)
    for (let asked = 0; asked < 3; asked++)
      assert.equal((await world.enforce({ ...READ, caller, call })).effect, "permit")
    assert.equal((await world.enforce({ ...READ, caller })).effect, "deny")
  })
})

/** The world's token again, different in what is named. */
async function variant({ world, caller }: CallWorld, differs: Partial<TokenRecord>): Promise<PresentedToken> {
  const jti = crypto.randomUUID()
  await world.transact(async ({ tokens }) => {
    const found = await tokens.find(caller.jti)
    assert.ok(found)
    await tokens.insert({ ...found, ...differs, jti })
  })
  return { ...caller, jti }
}
