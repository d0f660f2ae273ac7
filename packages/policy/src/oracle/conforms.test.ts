import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type ArgumentRole, type Json, type JsonObject, parseLossless } from "@tabard/core"
import {
  type Arbitrary,
  array,
  assert as assertProperty,
  boolean,
  constant,
  constantFrom,
  date,
  dictionary,
  double,
  integer,
  ipV4,
  ipV6,
  jsonValue,
  letrec,
  oneof,
  option,
  property,
  record,
  string,
  subarray,
} from "fast-check"
import { decide } from "../decide.ts"
import { evaluateSlice } from "../evaluate-slice.ts"
import { TOOLS } from "../matrix/world.ts"
import type { PinnedTool } from "../pinned-tool.ts"
import { compilePolicies, type PolicyBase } from "../policy-base.ts"
import type { Question, SessionFacts } from "../question.ts"
import { compileSchema } from "../schema.ts"
import { whatIsAsked } from "../what-is-asked.ts"
import { askOracle } from "./ask-oracle.ts"
import { besideOracle } from "./beside-oracle.ts"

/** Look at whatever is the same for every tool, so that nothing is left out that a type could be wrong of. */
const CURIOUS = [
  `permit (principal, action, resource);`,
  `forbid (principal, action, resource) when { context.session has ip && context.session.ip.isLoopback() };`,
  `forbid (principal, action, resource) when { context.session.left.spend.lessThan(decimal("0.5")) || context.session.left.calls < 0 };`,
  `forbid (principal is Tabard::Agent, action, resource) when { principal.risk > 50 && principal has owner };`,
  `@ask("owner") forbid (principal, action in Tabard::Action::"tools/call", resource) when { !["request"].containsAll(context.session.prov.target) };`,
  `forbid (principal, action, resource) when { context.facts.within.contains("mon,tue 08:00-18:00 Europe/Paris") };`,
  `forbid (principal, action, resource) when { context.session.now < datetime("1970-01-01") && context.session.posture.contains("x") };`,
]

/** Schemas as hostile servers write them: half of them mean nothing. */
const { schema } = letrec<{ schema: JsonObject }>((tie) => ({
  schema: oneof(
    { depthSize: "small" },
    constantFrom<JsonObject>(
      { type: "string" },
      { type: "string" },
      { type: "number" },
      { type: "integer" },
      { type: "boolean" },
      { type: "null" },
      { enum: ["a", "b"] },
      { enum: ["a", 1] },
      { anyOf: [] },
      {},
    ),
    record({ type: constant("array"), items: tie("schema") }),
    record(
      {
        type: constant("object"),
        properties: dictionary(names(), tie("schema"), { maxKeys: 4 }),
        required: array(names(), { maxLength: 2 }),
      },
      { requiredKeys: ["type", "properties"] },
    ),
  ),
}))

const tools: Arbitrary<PinnedTool> = record({
  server: constant("srv_1" as const),
  name: constant("t"),
  digest: constant("d"),
  inputSchema: dictionary(names(), schema, { maxKeys: 5 }).map(
    (properties): JsonObject => ({ type: "object", properties }),
  ),
  effects: subarray(["read", "write", "egress"] as const),
  roles: dictionary(
    names(),
    subarray<ArgumentRole>(["target", "amount", "content", "code", "path"], { minLength: 1 }),
    { maxKeys: 5 },
  ),
})

const texts = (): Arbitrary<string> =>
  oneof(
    { weight: 20, arbitrary: string({ unit: "grapheme" }) },
    { weight: 20, arbitrary: constantFrom("", "__entity", "operator", "unknown") },
    { weight: 1, arbitrary: string({ unit: "binary" }) },
    { weight: 1, arbitrary: constant("\ud800") },
  )

const sessions: Arbitrary<SessionFacts> = record(
  {
    now: oneof(
      { weight: 9, arbitrary: date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }) },
      { weight: 1, arbitrary: date({ noInvalidDate: false }) },
      constantFrom("2026-11-23T10:00:00Z", "9999-12-31T23:59:59.999Z", "+010000-01-01T00:00:00Z").map(
        (at) => new Date(at),
      ),
    ),
    door: texts(),
    env: texts(),
    bound: texts(),
    ip: oneof(
      { weight: 9, arbitrary: ipV4() },
      { weight: 9, arbitrary: ipV6() },
      { weight: 1, arbitrary: texts() },
    ),
    posture: array(texts(), { maxLength: 3 }),
    prov: record(
      {
        target: subarray(["request", "record", "stranger"] as const),
        amount: subarray(["unknown"] as const),
      },
      { requiredKeys: [] },
    ),
    read: array(texts(), { maxLength: 2 }),
    left: record({
      calls: oneof(
        { weight: 9, arbitrary: oneof(integer(), constant(-0)) },
        { weight: 1, arbitrary: constantFrom(2 ** 53, Number.NaN) },
      ),
      spend: oneof(constantFrom("1.50", "1e9", "922337203685477.5808", "-0.00001", ""), texts()),
    }),
    approved: array(texts(), { maxLength: 2 }),
  },
  { requiredKeys: ["now", "door", "env", "bound", "left"] },
)

const links: Arbitrary<Question["links"]> = record(
  {
    user: record({
      id: constant("usr_1" as const),
      active: boolean(),
      teams: array(texts(), { maxLength: 2 }),
    }),
    task: constant({ id: "tsk_1", agent: "agt_1" } as const),
    agents: record({
      id: constant("agt_1" as const),
      tier: texts(),
      category: texts(),
      risk: oneof({ weight: 9, arbitrary: double({ min: 0, max: 100 }) }, { weight: 1, arbitrary: double() }),
    }).map((agent): Question["links"]["agents"] => [agent]),
  },
  { requiredKeys: ["agents"] },
)

const RUNS = { numRuns: 200 }

describe("for any tool, arguments and facts", () => {
  it("what policies are asked is of the types that the schema promises, or is not asked at all", () => {
    let asked = 0
    assertProperty(
      property(
        tools.chain((tool) => record({ tool: constant(tool), args: argumentsOf(tool) })),
        sessions,
        links,
        ({ tool, args }, session, links) => {
          const base = baseOf([tool])
          const question = questionOf(tool, { args, session, links })
          const answer = whatIsAsked(base, question)
          if ("refused" in answer) {
            assert.equal(decide(base, question).effect, "deny")
            return
          }
          asked++
          for (const each of answer.questions) {
            for (const { link, slice } of answer.links)
              assert.ok(
                "decision" in askOracle(slice.policies, link, each),
                JSON.stringify(askOracle(slice.policies, link, each)),
              )
          }
          assert.notEqual(decide(base, question).code, "judges_disagree")
        },
      ),
      RUNS,
    )
    assert.ok(asked > RUNS.numRuns / 20, `${asked} questions were asked`)
  })
})

describe("a fact that is of no type that policies know", () => {
  const usual: SessionFacts = {
    now: new Date("2026-11-22T10:00:00Z"),
    door: "gateway",
    env: "prod",
    bound: "dpop",
    left: { calls: 1, spend: "1" },
  }
  const agents: Question["links"]["agents"] = [{ id: "agt_1", tier: "operator", category: "local", risk: 1 }]
  const [agent] = agents
  const [bank] = TOOLS
  const ask = (session: Partial<SessionFacts>, links: Partial<Question["links"]> = {}): string => {
    const tool = bank ?? assert.fail()
    const args = { to: "bob", amount: 5 }
    const parts = { args, session: { ...usual, ...session }, links: { agents, ...links } }
    return decide(baseOf([tool]), questionOf(tool, parts)).code
  }

  it("denies, whatever policies allow", () => {
    assert.equal(ask({}), "approval_needed")
    for (const session of [
      { ip: "not an address" },
      { ip: "10.0.0.1/33" },
      { ip: "::ffff:10.0.0.1" },
      { now: new Date(Number.NaN) },
      { now: new Date("+010000-01-01T00:00:00Z") },
      { now: new Date(-1e15) },
      { left: { calls: Number.NaN, spend: "1" } },
      { left: { calls: 0.5, spend: "1" } },
      { left: { calls: 2 ** 53, spend: "1" } },
      { env: "\ud800" },
      { posture: ["\udfff"] },
      // What the compiler promises is not what a store or a door once said.
      { posture: [1] as unknown as string[] },
      { door: undefined as unknown as string },
    ])
      assert.equal(ask(session), "question_malformed", JSON.stringify(session))
    for (const risk of [Number.NaN, Number.POSITIVE_INFINITY, 1e300])
      assert.equal(ask({}, { agents: [{ ...agent, risk }] }), "question_malformed", `${risk}`)
  })

  it("denies also where no link looks at it", () => {
    const tool = bank ?? assert.fail()
    const base = compilePolicies({
      schema: compileSchema([tool]),
      policies: [{ id: "p/1", text: "permit (principal, action, resource);" }],
      version: 1,
    })
    const session = { ...usual, ip: "nowhere" }
    const question = questionOf(tool, { args: { to: "bob", amount: 5 }, session, links: { agents } })
    assert.equal(decide(base, question).effect, "deny")
  })
})

function names(): Arbitrary<string> {
  return oneof(
    constantFrom("a", "b", "to", "path", "__entity", "__proto__", "constructor", 'quo"te'),
    string({ maxLength: 4 }),
  )
}

/** Mostly what the schema says, and sometimes anything. */
function argumentsOf({ inputSchema }: PinnedTool): Arbitrary<JsonObject> {
  const properties = Object.entries(Object(inputSchema["properties"]) as Record<string, JsonObject>)
  const members = properties.map(([name, one]) => [name, option(valueOf(one), { nil: undefined })] as const)
  return record(Object.fromEntries(members)).map((args) => parseLossless(JSON.stringify(args)) as JsonObject)
}

function valueOf(one: JsonObject): Arbitrary<Json> {
  const fitting = fittingOf(one)
  return oneof({ weight: 9, arbitrary: fitting }, { weight: 1, arbitrary: jsonValue() })
}

function fittingOf(one: JsonObject): Arbitrary<Json> {
  const type = one["type"]
  if (type === undefined) return constantFrom("a", "b", 1)
  return (typeof type === "string" ? FITTING[type]?.(one) : undefined) ?? constant(null)
}

const FITTING: Readonly<Record<string, (one: JsonObject) => Arbitrary<Json>>> = {
  string: () => oneof(texts(), constantFrom("/a/../b", "/notes", "https://example.com/x")),
  number: () => double({ noNaN: true, noDefaultInfinity: true }),
  integer: () => oneof(integer(), constantFrom(9007199254740991, -0)),
  boolean: () => boolean(),
  array: ({ items }) => array(fittingOf(Object(items) as JsonObject), { maxLength: 3 }),
  object: (inputSchema) => argumentsOf({ inputSchema } as PinnedTool),
}

function baseOf(tools: readonly PinnedTool[]): PolicyBase {
  const policies = CURIOUS.map((text, at) => ({ id: `p/${at}`, text }))
  return compilePolicies({
    schema: compileSchema(tools),
    policies,
    version: 1,
    judge: besideOracle(evaluateSlice),
  })
}

function questionOf(
  { server, name, digest }: PinnedTool,
  { args, session, links }: { args: Json; session: SessionFacts; links: Question["links"] },
): Question {
  return {
    organisation: "org_1",
    action: { tool: name, digest, arguments: args },
    server: { id: server, system: "production" },
    links,
    session,
  }
}
