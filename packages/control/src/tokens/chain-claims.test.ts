import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { tokenClaims } from "./token-claims.ts"

const ACTING = {
  trustDomain: "acme.example",
  agent: "agt_3",
  instance: "ins_3",
  owner: "usr_1",
  tier: "read-only",
  task: null,
} as const

const ACTED_FOR = [
  { agent: "agt_2", instance: "ins_2" },
  { agent: "agt_1", instance: "ins_1" },
] as const

describe("the claims of a chain", () => {
  it("RFC 8693 §4.1: name the first install as the subject, and whoever acts now outermost", () => {
    const { sub, act, agent, instance } = tokenClaims({ ...ACTING, actors: ACTED_FOR })
    assert.equal(sub, install(1))
    assert.deepEqual(act, { sub: install(3), act: { sub: install(2) } })
    assert.deepEqual([agent, instance], ["agt_3", "ins_3"])
  })

  it("RFC 8693 §4.1: name the person who signed in as the subject, and every agent as an actor", () => {
    const { sub, act } = tokenClaims({ ...ACTING, actors: ACTED_FOR, served: "usr_9" })
    assert.equal(sub, "usr_9")
    assert.deepEqual(act, { sub: install(3), act: { sub: install(2), act: { sub: install(1) } } })
    assert.deepEqual(tokenClaims({ ...ACTING, served: "usr_9" }).act, { sub: install(3) })
  })

  it("RFC 8693 §4.1: name no actor where an agent acts by itself", () => {
    assert.equal("act" in tokenClaims(ACTING), false)
  })

  it("RFC 8693 §4.2, §4.4: spell the scope as one text, and who may act as one party", () => {
    const { scope, may_act } = tokenClaims({ ...ACTING, scope: ["read", "egress"], mayAct: "agt_4" })
    assert.equal(scope, "read egress")
    assert.deepEqual(may_act, { sub: "spiffe://acme.example/agent/agt_4" })
  })
})

function install(at: number): string {
  return `spiffe://acme.example/agent/agt_${at}/instance/ins_${at}`
}
