import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type JsonObject, parseLossless } from "@tabard/core"
import { besideCedar, judgedTwice } from "./beside-cedar.ts"
import { type CompiledApplication, compileApplication } from "./compile-application.ts"
import { type ApplicationQuestion, evaluateApplication } from "./evaluate-application.ts"
import type { Judge, Judgement } from "./judge.ts"
import { searchApplication } from "./search-application.ts"

const APPLICATION = compileApplication({
  name: "clinic",
  schema: `namespace Clinic {
    entity team { floor: Long };
    entity nurse in [team] { level: Long, lead?: nurse, @from("caller") shift?: String };
    entity chart { ward: String, owner?: nurse };
    action any;
    action read, write in [any] appliesTo {
      principal: [nurse], resource: [chart],
      context: { action: { dose?: decimal, count?: Long }, second?: nurse, from?: ipaddr }
    };
  }`,
  policies: `
@id("day") permit (principal in Clinic::team::"day", action == Clinic::Action::"read", resource);
@id("shift") permit (principal, action in Clinic::Action::"any", resource)
  when { principal has shift && principal.shift == resource.ward };
@id("dose") forbid (principal, action, resource)
  when { context.action has dose && context.action.dose.greaterThan(decimal("10.0")) };
@id("huge") forbid (principal, action, resource)
  when { context.action has count && context.action.count == 9007199254740993 };
@id("lead") permit (principal, action, resource) when { resource has owner && resource.owner has lead && resource.owner.lead == principal };
@id("floor") forbid (principal, action, resource)
  when { context has second && context.second in Clinic::team::"day" && Clinic::team::"day".floor > 3 };
@id("overflow") forbid (principal, action, resource) when { principal.level + 9223372036854775807 == 0 };`,
  entities: [
    { uid: { type: "team", id: "day" }, attrs: { floor: 4 }, parents: [] },
    { uid: { type: "nurse", id: "ann" }, attrs: { level: 0 }, parents: [{ type: "team", id: "day" }] },
    {
      uid: { type: "nurse", id: "bea" },
      attrs: { level: -1, lead: { type: "nurse", id: "cat" } },
      parents: [],
    },
    { uid: { type: "nurse", id: "cat" }, attrs: { level: -7 }, parents: [] },
    { uid: { type: "nurse", id: "dot" }, attrs: { level: 1 }, parents: [] },
    {
      uid: { type: "chart", id: "c1" },
      attrs: { ward: "north", owner: { type: "nurse", id: "bea" } },
      parents: [],
    },
    { uid: { type: "chart", id: "c2" }, attrs: { ward: "south" }, parents: [] },
  ],
})

/** Each question with the one answer that both have to give. */
const QUESTIONS: readonly (readonly [string, ApplicationQuestion])[] = [
  ["permitted", asked("ann")],
  ["no_policy", asked("bea")],
  ["permitted", asked("bea", { shift: "north" })],
  ["permitted", asked("cat")],
  ["no_policy", asked("cat", {}, { resource: "c2" })],
  ["evidence_missing", asked("dot")],
  ["no_policy", asked("ann", {}, { action: "write" })],
  ["permitted", asked("ann", { shift: "north" }, { action: "write" })],
  ["forbidden", asked("ann", {}, { properties: { dose: "10.1" } })],
  ["permitted", asked("ann", {}, { properties: { dose: "10.0" } })],
  ["forbidden", asked("ann", {}, { context: { second: { type: "nurse", id: "ann" } } })],
  ["permitted", asked("ann", {}, { context: { second: { type: "nurse", id: "bea" }, from: "10.0.0.1" } })],
  ["forbidden", asked("ann", {}, { properties: numbers(`{"count":9007199254740993}`) })],
  ["permitted", asked("ann", {}, { properties: numbers(`{"count":9007199254740992}`) })],
  ["permitted", asked("ann", {}, { properties: numbers(`{"count":-9223372036854775808}`) })],
  ["evidence_missing", asked('nobody "here"')],
]

describe("an application that is judged twice", () => {
  it("answers as by the evaluator alone, every digit told to both, where that is right", () => {
    const twice = judgedTwice(APPLICATION)
    for (const [expected, question] of QUESTIONS) {
      const answer = evaluateApplication(twice, question)
      assert.deepEqual(answer, evaluateApplication(APPLICATION, question))
      assert.equal(answer.code, expected, JSON.stringify(question))
    }
  })

  for (const [what, wrong, question] of [
    ["sees no forbid", (right) => ({ ...right, allowed: true, reasons: ["day"] }), QUESTIONS[8]?.[1]],
    ["permits all", (right) => ({ ...right, allowed: true }), asked("bea")],
    ["permits nothing", (right) => ({ ...right, allowed: false, reasons: [] }), asked("ann")],
    ["names another policy", (right) => ({ ...right, reasons: ["shift"] }), asked("ann")],
    ["takes an error for a no", (right) => ({ ...right, erred: [] }), asked("dot")],
  ] as const satisfies readonly (readonly [
    string,
    (right: Judgement) => Judgement,
    ApplicationQuestion | undefined,
  ])[]) {
    it(`is denied and disputed where the evaluator ${what}`, () => {
      const judge: Judge = (judged) => wrong(APPLICATION.judge(judged))
      const answer = evaluateApplication(besides(judge), question ?? assert.fail())
      assert.deepEqual([answer.permitted, answer.code], [false, "judges_disagree"])
      assert.match(answer.dispute ?? "", /the evaluator answers .*, and Cedar/)
    })
  }

  it("is denied where Cedar takes no such question", () => {
    const odd: Judge = (judged) => besides(APPLICATION.judge).judge({ ...judged, action: "\ud800" })
    const answer = evaluateApplication({ ...APPLICATION, judge: odd }, asked("ann"))
    assert.equal(answer.code, "judges_disagree")
  })

  it("finds nothing that is disputed, and says that it is", async () => {
    const careless: Judge = (judged) => ({ ...APPLICATION.judge(judged), allowed: true, erred: [] })
    const page = { from: 0, limit: 10, between: async () => undefined }
    const { found, dispute } = await searchApplication(besides(careless), "subject", asked(""), page)
    const right = await searchApplication(judgedTwice(APPLICATION), "subject", asked(""), page)
    assert.deepEqual(
      found.map(({ name }) => name),
      right.found.map(({ name }) => name),
    )
    assert.match(dispute ?? "", /the evaluator answers/)
    assert.equal(right.dispute, undefined)
  })
})

function besides(judge: Judge): CompiledApplication {
  return { ...APPLICATION, judge: besideCedar(judge, APPLICATION) }
}

interface Differing {
  readonly action?: string
  readonly properties?: JsonObject
  readonly resource?: string
  readonly context?: JsonObject
}

function asked(id: string, properties: JsonObject = {}, differing: Differing = {}): ApplicationQuestion {
  return {
    subject: { type: "nurse", id, properties },
    action: { name: differing.action ?? "read", properties: differing.properties ?? {} },
    resource: { type: "chart", id: differing.resource ?? "c1", properties: {} },
    context: differing.context ?? {},
  }
}

function numbers(text: string): JsonObject {
  const read = parseLossless(text)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written as an object above
  return read as JsonObject
}
