import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { z } from "zod"
import { GOVERNING, governedBy, keptElsewhere } from "./governing.ts"
import type { Operation } from "./operation.ts"
import { OPERATIONS } from "./operations.ts"

const WRITES = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS }).filter(
  ([, { method }]) => method !== "GET",
)

describe("what an operation changes of what constrains agents", () => {
  for (const [name, operation] of WRITES) {
    it(`is answered for ${name}`, () => {
      const governed = Object.entries(GOVERNING).find(([known]) => known === name)?.[1]
      assert.ok(governed, `say in packages/api/src/governing what ${name} changes, or why nothing`)
      if (!("names" in governed)) return
      const members = membersOf(operation)
      for (const member of Object.keys(governed.names))
        assert.ok(member === "caller" || members.includes(member), `${name} is not sent ${member}`)
    })
  }

  it("is said of nothing that only reads", () => {
    const writes = WRITES.map(([name]) => name)
    assert.deepEqual(
      Object.keys(GOVERNING).filter((name) => !writes.includes(name)),
      [],
    )
  })

  it("is everybody's where nobody said", () => {
    assert.equal(governedBy("whatever comes next", { id: "agt_1" }), "everybodys")
  })

  it("is named by what was sent, one or several", () => {
    assert.deepEqual(governedBy("putManifest", { id: "agt_1", manifest: "x" }), [
      { kind: "agent", id: "agt_1" },
    ])
    assert.deepEqual(governedBy("actOnAgents", { act: { kind: "resume" }, agents: ["agt_1", "agt_2"] }), [
      { kind: "agent", id: "agt_1" },
      { kind: "agent", id: "agt_2" },
    ])
    assert.deepEqual(governedBy("applyManifests", { manifests: [{ agent: "agt_1" }, { agent: "agt_2" }] }), [
      { kind: "agent", id: "agt_1" },
      { kind: "agent", id: "agt_2" },
    ])
    assert.deepEqual(governedBy("allowDelegation", { id: "agt_1", to: "agt_2" }), [
      { kind: "agent", id: "agt_1" },
      { kind: "agent", id: "agt_2" },
    ])
    assert.deepEqual(governedBy("putNotificationChoices", {}), [{ kind: "caller", id: "caller" }])
    assert.equal(governedBy("putSettings", {}), "everybodys")
  })

  it("is kept elsewhere where manifests are put in force, in the repository that is said", () => {
    const repository = "github.com/acme/agents"
    for (const operation of ["applyManifests", "applyPolicies", "putManifest"]) {
      assert.deepEqual(keptElsewhere(operation, { repository }), { repository })
      for (const input of [{}, { repository: null }, { repository: 7 }])
        assert.deepEqual(keptElsewhere(operation, input), { repository: undefined })
    }
    for (const operation of ["adoptAgent", "planManifests", "whatever comes next"])
      assert.equal(keptElsewhere(operation, { repository }), undefined)
  })

  it("is nothing where what is asked takes away or looks", () => {
    assert.deepEqual(governedBy("suspendAgent", { id: "agt_1" }), [])
    assert.deepEqual(governedBy("actOnAgents", { act: { kind: "suspend" }, agents: ["agt_1"] }), [])
    assert.deepEqual(governedBy("answerApproval", { id: "apr_1", verdict: "denied" }), [])
    assert.deepEqual(governedBy("importRegister", { csv: "x", apply: false }), [])
    assert.equal(governedBy("importRegister", { csv: "x", apply: true }), "everybodys")
    assert.deepEqual(governedBy("importPeople", { csv: "x" }), [])
    assert.equal(governedBy("importPeople", { csv: "x", apply: true }), "everybodys")
  })
})

function membersOf({ input }: Operation<unknown, unknown>): readonly string[] {
  return input instanceof z.ZodObject ? Object.keys(input.shape) : []
}
