import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type EntityInput, EntityStore } from "./entity-store.ts"
import { MalformedCedar } from "./malformed-cedar.ts"
import { askOracle, OracleRefused } from "./testing/oracle.ts"
import { EntityRef } from "./values.ts"

describe("entities", () => {
  it("are in everything above them, however far, be it known or not", () => {
    const store = EntityStore.from([
      entity("User", "a", ["Group", "b"]),
      entity("Group", "b", ["Group", "c"]),
    ])
    const above = store.find(new EntityRef("User", "a"))?.ancestors
    assert.deepEqual(above, new Set([new EntityRef("Group", "b").key, new EntityRef("Group", "c").key]))
    assert.equal(store.find(new EntityRef("Group", "c")), undefined)
  })

  it("are in what stands beneath them, and so in all above that", () => {
    const groups = EntityStore.from([entity("Group", "b", ["Group", "c"])])
    const store = EntityStore.from([entity("User", "a", ["Group", "b"])], groups)
    assert.ok(store.find(new EntityRef("User", "a"))?.ancestors.has(new EntityRef("Group", "c").key))
    assert.ok(store.find(new EntityRef("Group", "b")))
  })

  it("may stand twice where they are alike", () => {
    const twice = [entity("User", "a", ["Group", "b"]), entity("User", "a", ["Group", "b"])]
    assert.ok(EntityStore.from(twice).find(new EntityRef("User", "a")))
    assert.equal(askOracle(asked(twice)).decision, "allow")
  })

  for (const [why, entities] of [
    ["one stands twice, and not alike", [entity("User", "a"), { ...entity("User", "a"), attrs: { n: 1 } }]],
    ["one is in itself", [entity("User", "a", ["User", "a"])]],
    ["two are in each other", [entity("User", "a", ["User", "b"]), entity("User", "b", ["User", "a"])]],
    ["an action is in what is no action", [entity("Action", "read", ["Group", "b"])]],
    ["an attribute has no value that Cedar knows", [{ ...entity("User", "a"), attrs: { n: null } }]],
    ["a tag has none", [{ ...entity("User", "a"), tags: { n: 1.5 } }]],
    ["a type has no name", [entity("a b", "c")]],
  ] as readonly (readonly [string, EntityInput[]])[]) {
    it(`are refused where ${why}, as by Cedar`, () => {
      assert.throws(() => EntityStore.from(entities), MalformedCedar)
      assert.throws(() => askOracle(asked(entities)), OracleRefused)
    })
  }

  it("are written in either form of a name", () => {
    const store = EntityStore.from([{ uid: { __entity: { type: "User", id: "a" } }, attrs: {}, parents: [] }])
    assert.ok(store.find(new EntityRef("User", "a")))
  })
})

function entity(type: string, id: string, parent?: readonly [string, string]): EntityInput {
  return { uid: { type, id }, attrs: {}, parents: parent ? [{ type: parent[0], id: parent[1] }] : [] }
}

function asked(entities: readonly EntityInput[]): Parameters<typeof askOracle>[0] {
  return {
    policies: { open: "permit (principal, action, resource);" },
    principal: { type: "User", id: "a" },
    action: { type: "Action", id: "read" },
    resource: { type: "User", id: "a" },
    context: {},
    entities,
  }
}
