import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { compileCedar } from "./compile-cedar.ts"
import { EntityStore } from "./entity-store.ts"
import { MalformedCedar } from "./malformed-cedar.ts"
import { readPolicy } from "./read-policy.ts"
import { askOracle, askOurs, type Case } from "./testing/oracle.ts"
import { recordOf } from "./value-json.ts"

/** Scopes, and whether each speaks of Ann who reads the plan. */
const SCOPES: readonly (readonly [boolean, string])[] = [
  [true, "principal, action, resource"],
  [true, 'principal == User::"ann", action == Action::"read", resource == Document::"plan"'],
  [false, 'principal == User::"bob", action, resource'],
  [false, 'principal == Robot::"ann", action, resource'],
  [true, 'principal in Group::"all", action, resource in Folder::"plans"'],
  [false, 'principal in Group::"guests", action, resource'],
  [true, "principal is User, action, resource is Document"],
  [false, "principal is Group, action, resource"],
  [true, 'principal is User in Group::"all", action, resource is Document in Folder::"plans"'],
  [false, 'principal is Group in Group::"all", action, resource'],
  [true, 'principal, action in Action::"look", resource'],
  [true, 'principal, action in [Action::"write", Action::"look"], resource'],
  [false, 'principal, action in [Action::"write"], resource'],
  [false, "principal, action in [], resource"],
]

describe("a set of policies", () => {
  for (const [speaks, scope] of SCOPES) {
    it(`${speaks ? "speaks" : "does not speak"} of the request by (${scope})`, () => {
      const asked = readsPlan({ p: `permit (${scope});` })
      const expected = { decision: speaks ? "allow" : "deny", reasons: speaks ? ["p"] : [], erred: [] }
      assert.deepEqual(askOurs(asked), expected)
      assert.deepEqual(askOracle(asked), expected)
    })
  }

  it("allows for every permit that holds", () => {
    assert.deepEqual(both({ a: permit("true"), b: permit("1 == 1"), c: permit("false") }), {
      decision: "allow",
      reasons: ["a", "b"],
      erred: [],
    })
  })

  it("denies for every forbid that holds, whatever permits", () => {
    assert.deepEqual(both({ a: permit("true"), b: forbid("true"), c: forbid("true") }), {
      decision: "deny",
      reasons: ["b", "c"],
      erred: [],
    })
  })

  it("denies for no reason where nothing holds", () => {
    assert.deepEqual(both({ a: permit("false"), b: forbid("false") }), {
      decision: "deny",
      reasons: [],
      erred: [],
    })
    assert.deepEqual(both({}), { decision: "deny", reasons: [], erred: [] })
  })

  it("skips what errs and says so, be it a forbid", () => {
    assert.deepEqual(both({ a: permit("true"), b: forbid("context.nothing"), c: permit("1 < true") }), {
      decision: "allow",
      reasons: ["a"],
      erred: ["b", "c"],
    })
  })

  it("does not look at the conditions of what does not speak of the request", () => {
    assert.deepEqual(
      both({ a: 'permit (principal == User::"bob", action, resource) when { context.nothing };' }),
      {
        decision: "deny",
        reasons: [],
        erred: [],
      },
    )
  })

  it("takes conditions in their order, up to the first that fails", () => {
    assert.deepEqual(
      both({ a: permit("true").replace(";", " when { false } unless { context.nothing };") }),
      {
        decision: "deny",
        reasons: [],
        erred: [],
      },
    )
  })

  it("answers alike however often and in whatever order it is asked", () => {
    const set = compileCedar([{ id: "a", json: parsed(permit("context.n > 1")) }])
    const ask = (n: number): string => {
      const { policies: _, entities, context: __, ...who } = readsPlan({})
      return set.isAuthorized({ ...who, context: recordOf({ n }) }, EntityStore.from(entities)).decision
    }
    assert.deepEqual([1, 2, 1, 2].map(ask), ["deny", "allow", "deny", "allow"])
  })

  it("refuses an id that stands twice", () => {
    const json = parsed(permit("true"))
    assert.throws(
      () =>
        compileCedar([
          { id: "a", json },
          { id: "a", json },
        ]),
      MalformedCedar,
    )
  })

  it("refuses a template that was not linked", () => {
    const json = { ...parsed(permit("true")), principal: { op: "==", slot: "?principal" } } as const
    assert.throws(() => compileCedar([{ id: "a", json }]), /template is linked/)
  })

  it("refuses an expression that Cedar does not have", () => {
    const bodies = [
      { Unknown: { name: "x" } },
      { unknown: [{ Value: "x" }] },
      { Var: "nobody" },
      { "==": { left: { Value: 1 } } },
      { "&&": 1 },
      { Value: null },
      { Value: 2 ** 53 },
      { has: { left: { Var: "context" }, attr: [] } },
      { like: { left: { Value: "a" }, pattern: ["Anything"] } },
      { ".": { left: { Var: "context" }, attr: 1 } },
      { Set: {} },
      {},
      1,
    ]
    for (const body of bodies) {
      const json = { ...parsed(permit("true")), conditions: [{ kind: "when", body }] } as const
      assert.throws(() => compileCedar([{ id: "a", json }]), MalformedCedar, JSON.stringify(body))
    }
  })
})

function both(policies: Case["policies"]): ReturnType<typeof askOurs> {
  const asked = readsPlan(policies)
  const ours = askOurs(asked)
  assert.deepEqual(ours, askOracle(asked))
  return ours
}

function permit(condition: string): string {
  return `permit (principal, action, resource) when { ${condition} };`
}

function forbid(condition: string): string {
  return `forbid (principal, action, resource) when { ${condition} };`
}

function parsed(text: string): Extract<ReturnType<typeof readPolicy>, { type: "success" }>["json"] {
  const reading = readPolicy(text)
  assert.ok(reading.type === "success")
  return reading.json
}

function readsPlan(policies: Case["policies"]): Case {
  return {
    policies,
    principal: { type: "User", id: "ann" },
    action: { type: "Action", id: "read" },
    resource: { type: "Document", id: "plan" },
    context: {},
    entities: [
      within("User", "ann", ["Group", "staff"]),
      within("Group", "staff", ["Group", "all"]),
      within("Document", "plan", ["Folder", "plans"]),
      within("Action", "read", ["Action", "look"]),
    ],
  }
}

function within(
  type: string,
  id: string,
  [parentType, parent]: readonly [string, string],
): Case["entities"][number] {
  return { uid: { type, id }, attrs: {}, parents: [{ type: parentType, id: parent }] }
}
