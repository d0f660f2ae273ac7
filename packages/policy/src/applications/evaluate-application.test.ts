import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Json, type JsonObject, parseLossless } from "@tabard/core"
import { compileApplication } from "./compile-application.ts"
import { type ApplicationQuestion, evaluateApplication } from "./evaluate-application.ts"

const SCHEMA = `namespace Clinic {
  type Shift = { ward: String, hours: Long };
  entity team;
  entity nurse in [team] { level: Long, @from("caller") shift?: Shift };
  entity chart { ward: String, owner?: nurse, @from("caller") sealed?: Bool };
  entity Colour enum ["red", "green"];
  action any;
  action read, write in [any] appliesTo {
    principal: [nurse], resource: [chart],
    context: { action: { reason?: String, dose?: decimal, count?: Long }, ward?: String }
  };
}`

const POLICIES = `
@id("wards") permit (principal in Clinic::team::"day", action in [Clinic::Action::"read"], resource)
  when { principal has shift && principal.shift.ward == resource.ward };
@id("own") permit (principal, action, resource) when { resource has owner && resource.owner == principal };
@id("seal") @say("the chart is sealed") forbid (principal, action, resource)
  when { resource has sealed && resource.sealed };
@id("dose") forbid (principal, action == Clinic::Action::"write", resource)
  when { context.action has dose && context.action.dose.greaterThan(decimal("10.0")) };
@id("huge") forbid (principal, action, resource)
  when { context.action has count && context.action.count == 9007199254740993 };
@id("level") forbid (principal, action == Clinic::Action::"write", resource) when { principal.level < 2 };
`

const ENTITIES = [
  { uid: { type: "team", id: "day" }, attrs: {}, parents: [] },
  { uid: { type: "nurse", id: "ann" }, attrs: { level: 3 }, parents: [{ type: "team", id: "day" }] },
  { uid: { type: "nurse", id: "bea" }, attrs: { level: 1 }, parents: [] },
  {
    uid: { type: "chart", id: "c1" },
    attrs: { ward: "north", owner: { type: "nurse", id: "bea" } },
    parents: [],
  },
]

describe("a question to an application", () => {
  it("is permitted by what is kept and by what the caller may say", () => {
    const shift = { shift: { ward: "north", hours: 8 } }
    assert.equal(code(read("ann", shift)), "permitted")
    assert.equal(code(read("ann")), "no_policy")
    assert.equal(code(read("bea")), "permitted")
  })

  it("does not let the caller say what is kept alone, nor what nobody declared", () => {
    const raised = read("bea", { level: 3, title: "matron" })
    assert.equal(code({ ...raised, action: { name: "write", properties: {} } }), "forbidden")
    assert.equal(
      code({ ...read("ann"), resource: chart({ owner: { type: "nurse", id: "ann" } }) }),
      "no_policy",
    )
  })

  it("takes the place of a stored attribute where the schema says so, and of nothing besides", () => {
    const sealed = evaluateApplication(APPLICATION, { ...read("bea"), resource: chart({ sealed: true }) })
    assert.deepEqual(
      [sealed.code, sealed.words, sealed.policies],
      ["forbidden", "the chart is sealed", ["seal"]],
    )
  })

  it("finds the properties of its action under the context's action, whatever the context says", () => {
    const dosed = (dose: Json) => ({ ...read("bea"), action: { name: "write", properties: { dose } } })
    const senior = (question: ApplicationQuestion) => ({ ...question, subject: nurse("ann") })
    assert.deepEqual(reasons(senior(dosed("12.5"))), ["dose"])
    const hidden = { ...dosed("12.5"), context: { action: { dose: "1.0" } } }
    assert.deepEqual(reasons(senior(hidden)), ["dose"])
    assert.deepEqual(reasons({ ...senior(dosed("9.0")), context: { action: { dose: "12.5" } } }), [])
  })

  it("is judged by the exact number, beyond what a double holds", () => {
    const counted = (count: string) => {
      const properties = parseLossless(`{"count":${count}}`)
      return { ...read("bea"), action: { name: "read", properties: properties as JsonObject } }
    }
    assert.equal(code(counted("9007199254740992")), "permitted")
    assert.equal(code(counted("9007199254740993")), "forbidden")
  })

  it("is denied where a declared value is of another type, and says which", () => {
    const wrong = evaluateApplication(APPLICATION, read("ann", { shift: { ward: "north", hours: "8" } }))
    assert.deepEqual([wrong.permitted, wrong.code], [false, "evidence_missing"])
    assert.match(wrong.words, /shift\.hours/)
  })

  it("is denied where a policy errs, since Cedar would pass over it", () => {
    const stranger = { ...read("nobody"), action: { name: "write", properties: {} } }
    const answer = evaluateApplication(APPLICATION, { ...stranger, resource: chart({}) })
    assert.deepEqual([answer.code, answer.policies], ["evidence_missing", ["level"]])
  })

  it("is denied where subject, resource, action or their meeting is unknown", () => {
    assert.equal(code({ ...read("ann"), action: { name: "fly", properties: {} } }), "question_unknown")
    assert.equal(code({ ...read("ann"), action: { name: "any", properties: {} } }), "question_unknown")
    assert.equal(
      code({ ...read("ann"), subject: { type: "robot", id: "r", properties: {} } }),
      "question_unknown",
    )
    assert.equal(code({ ...read("ann"), subject: chart({}), resource: nurse("ann") }), "question_unknown")
    assert.equal(
      code({ ...read("ann"), resource: { type: "Colour", id: "blue", properties: {} } }),
      "question_unknown",
    )
  })
})

describe("an application that does not hold together", () => {
  const compiled = (differs: Partial<Parameters<typeof compileApplication>[0]>) => () =>
    compileApplication({ name: "clinic", schema: SCHEMA, policies: POLICIES, entities: ENTITIES, ...differs })

  it("is refused for its schema: none, two namespaces, or the built-in one", () => {
    assert.throws(compiled({ schema: "entity {" }), { code: "application_invalid" })
    assert.throws(
      compiled({ schema: "namespace A { entity a; } namespace B { entity b; }" }),
      /one namespace/,
    )
    assert.throws(compiled({ schema: "namespace Tabard { entity Agent; }" }), /built-in/)
  })

  it("is refused for a policy that speaks of what the schema does not have, or that asks people", () => {
    const policies = `permit (principal, action, resource) when { principal.height > 1 };`
    assert.throws(compiled({ policies }), { code: "policy_invalid" })
    assert.throws(compiled({ policies: `@ask("owner") ${POLICIES.trim().slice(12)}` }), /for agents/)
    assert.throws(compiled({ policies: `${POLICIES}\n${POLICIES}` }), /called so/)
  })

  it("is refused for an obligation that is none, or that does not say what its kind demands", () => {
    const obliging = (obligation: string) => {
      const policies = `@obligation(${JSON.stringify(obligation)}) permit (principal, action, resource);`
      return compiled({ policies })
    }
    const whole = {
      "step-up": { acr_value: "mfa" },
      notification: { to: "desk", body: "look" },
      session_termination: { subject: "ann" },
    }
    for (const [type, properties] of Object.entries(whole)) {
      assert.doesNotThrow(obliging(JSON.stringify({ type, properties })), type)
      for (const name of Object.keys(properties)) {
        const { [name]: _, ...less } = { ...properties } as Record<string, unknown>
        for (const short of [less, { ...less, [name]: 1 }, { ...less, [name]: null }])
          assert.throws(
            obliging(JSON.stringify({ type, properties: short })),
            new RegExp(`${type} says ${name}`),
          )
      }
    }
    assert.doesNotThrow(obliging('{"type":"custom"}'))
    for (const none of ["", "{", "[]", "1", "null", '{"type":"beg"}', '{"type":"custom","properties":[]}'])
      assert.throws(obliging(none), { code: "policy_invalid" }, none)
    const eleven = JSON.stringify(Array.from({ length: 11 }, () => ({ type: "custom" })))
    assert.throws(obliging(eleven), /between one obligation and 10/)
  })

  it("is refused for an entity that does not fit, stands twice, or is in itself", () => {
    const entities = (...more: readonly Json[]) => compiled({ entities: [...ENTITIES, ...more] })
    const nurseOf = (differs: JsonObject) => ({ ...ENTITIES[1], ...differs })
    assert.throws(entities({ uid: { type: "nurse", id: "x" }, attrs: {}, parents: [] }), /level is missing/)
    assert.throws(entities(nurseOf({})), /stands twice/)
    assert.throws(
      entities(nurseOf({ uid: { type: "nurse", id: "x" }, attrs: { level: 1, age: 2 } })),
      /not in the schema/,
    )
    const inChart = { uid: { type: "nurse", id: "x" }, parents: [{ type: "chart", id: "c1" }] }
    assert.throws(entities(nurseOf(inChart)), /do not fit/)
  })
})

const APPLICATION = compileApplication({
  name: "clinic",
  schema: SCHEMA,
  policies: POLICIES,
  entities: ENTITIES,
})

function code(question: ApplicationQuestion): string {
  return evaluateApplication(APPLICATION, question).code
}

function reasons(question: ApplicationQuestion): readonly string[] {
  return evaluateApplication(APPLICATION, question).policies
}

function read(id: string, properties: JsonObject = {}): ApplicationQuestion {
  return {
    subject: { ...nurse(id), properties },
    action: { name: "read", properties: {} },
    resource: chart({}),
    context: {},
  }
}

function nurse(id: string): ApplicationQuestion["subject"] {
  return { type: "nurse", id, properties: {} }
}

function chart(properties: JsonObject): ApplicationQuestion["resource"] {
  return { type: "chart", id: "c1", properties }
}
