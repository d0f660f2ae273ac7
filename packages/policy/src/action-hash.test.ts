import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { parseLossless } from "@tabard/core"
import { actionHash, bindingHash, type ExactAction } from "./action-hash.ts"

describe("the hash of an action", () => {
  it("is the same for the same action, however its arguments are spelt", () => {
    const other = { ...ACTION, args: parseLossless('{ "to":"bob", "amount":1.50 }') }
    assert.equal(actionHash(other), actionHash(ACTION))
    assert.match(actionHash(ACTION), /^[\w-]{43}$/)
  })

  it("changes with everything that it binds", () => {
    const changed: ExactAction[] = [
      { ...ACTION, tool: "srv_1/pay" },
      { ...ACTION, digest: "d2" },
      { ...ACTION, args: parseLossless('{"amount":1.51,"to":"bob"}') },
      { ...ACTION, chain: ["agt_1"] },
      { ...ACTION, chain: ["usr_1", "agt_1"].toReversed() },
      { ...ACTION, task: null },
      { ...ACTION, resource: "srv_1/eve" },
      { ...ACTION, args: parseLossless("9007199254740992") },
      { ...ACTION, args: parseLossless("9007199254740993") },
    ]
    assert.equal(new Set([ACTION, ...changed].map(actionHash)).size, changed.length + 1)
  })

  it("is bound to one approval by its nonce", () => {
    const hash = actionHash(ACTION)
    assert.notEqual(bindingHash(hash, "a"), bindingHash(hash, "b"))
    assert.equal(bindingHash(hash, "a"), bindingHash(hash, "a"))
  })
})

const ACTION: ExactAction = {
  tool: "srv_1/send_money",
  digest: "d1",
  args: parseLossless('{"amount":1.5,"to":"bob"}'),
  chain: ["usr_1", "agt_1"],
  task: "tsk_1",
  resource: "srv_1/bob",
}
