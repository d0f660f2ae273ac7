import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { isJsonObject, type JsonObject, parseLossless } from "@tabard/core"
import { MalformedCedar } from "./malformed-cedar.ts"
import { askOracle, askOurs, type Case } from "./testing/oracle.ts"
import { recordOf, type ValueJson, valueOf } from "./value-json.ts"
import { CedarRecord, CedarSet, EntityRef, equal, keyOf } from "./values.ts"

/** Integers at which doubles or 64 bits end, with the neighbour that a double would make of them. */
const ENDS = [
  ["9007199254740993", "9007199254740992"],
  ["-9007199254740993", "-9007199254740992"],
  ["9223372036854775807", "9223372036854775806"],
  ["-9223372036854775808", "-9223372036854775807"],
] as const

describe("a 64-bit integer", () => {
  for (const [integer, neighbour] of ENDS) {
    it(`is ${integer} in a context, an entity and a policy, and never its neighbour`, () => {
      const policies = {
        context: `permit (principal, action, resource) when { context.n == ${integer} };`,
        entity: `permit (principal, action, resource) when { principal.n == ${integer} };`,
        neighbour: `permit (principal, action, resource) when { context.n == ${neighbour} || principal.n == ${neighbour} };`,
      }
      for (const n of [BigInt(integer), parsed(integer)]) {
        const asked = about(policies, n)
        assert.deepEqual(askOurs(asked), { decision: "allow", reasons: ["context", "entity"], erred: [] })
        assert.deepEqual(askOracle(asked), askOurs(asked))
      }
    })
  }

  it("is refused as a number that JSON.parse may have made of its neighbour", () => {
    assert.throws(() => valueOf(JSON.parse("9007199254740993")), MalformedCedar)
    assert.throws(() => valueOf(-(2 ** 53)), MalformedCedar)
  })

  it("is refused beyond 64 bits", () => {
    for (const text of ["9223372036854775808", "-9223372036854775809"]) {
      assert.throws(() => valueOf(BigInt(text)), MalformedCedar)
      assert.throws(() => valueOf(parsed(text)), MalformedCedar)
    }
  })

  it("has one form, however it is written", () => {
    assert.ok([5, 5n, parsed("5"), parsed("-0"), 0n, -0].every((n) => typeof valueOf(n) === "number"))
    assert.ok(equal(valueOf([0]), valueOf([-0])))
    assert.ok(equal(valueOf({ n: 2n ** 60n }), valueOf({ n: parsed(String(2n ** 60n)) })))
  })
})

describe("a value in JSON", () => {
  it("is an entity, an extension value or a record, as Cedar reads it", () => {
    assert.ok(valueOf({ __entity: { type: "A::B", id: "" } }) instanceof EntityRef)
    assert.ok(valueOf({ __entity: { type: "A", id: "b", more: 1 } }) instanceof EntityRef)
    assert.ok(valueOf({ __entity: { type: "A", id: "b" }, more: 1 }) instanceof CedarRecord)
    assert.ok(valueOf({ __entity: { type: "A" } }) instanceof CedarRecord)
    assert.ok(valueOf({ __extn: "decimal" }) instanceof CedarRecord)
    assert.ok(valueOf({ __extn: { fn: "decimal" } }) instanceof CedarRecord)
    const moment = { fn: "offset", args: [extension("datetime", "1970-01-01"), extension("duration", "1ms")] }
    assert.ok(equal(valueOf({ __extn: moment }), valueOf(extension("datetime", "1970-01-01T00:00:00.001Z"))))
  })

  it("keeps members that programs stumble over", () => {
    const { members } = recordOf(JSON.parse('{"__proto__": 1, "constructor": {"toString": true}}'))
    assert.deepEqual([...members.keys()], ["__proto__", "constructor"])
  })

  for (const json of [
    null,
    1.5,
    Number.NaN,
    parsed("1.5"),
    parsed("1e2"),
    "\ud800",
    { "\ud800": 1 },
    { __expr: "1 + 1" },
    { __entity: { type: "not a type", id: "b" } },
    extension("decimal", "1"),
    extension("error", "1"),
    { __extn: { fn: "ip", args: [] } },
    { __extn: { fn: "ip", args: ["10.0.0.1", "10.0.0.2"] } },
    [[null]],
  ] as ValueJson[]) {
    it(`is refused where Cedar has no such value: ${spelt(json)}`, () => {
      assert.throws(() => valueOf(json), MalformedCedar)
    })
  }

  it("is refused where JSON has none", () => {
    for (const json of [undefined, Symbol("s"), () => 1]) {
      assert.throws(() => valueOf(json as unknown as ValueJson), MalformedCedar)
    }
    assert.throws(() => recordOf([] as unknown as Record<string, ValueJson>), MalformedCedar)
  })
})

describe("the one spelling of a value", () => {
  it("is shared by equal values alone", () => {
    const values: ValueJson[] = [
      true,
      "true",
      1,
      "1",
      2n ** 60n,
      String(2n ** 60n),
      "",
      "\0e",
      "\0eA\0b",
      [],
      [[]],
      {},
      [{}],
      ["a", "b"],
      ["a,b"],
      ['a", "b'],
      { a: "b" },
      { a: ["b"] },
      { ab: "" },
      { __entity: { type: "A", id: "b" } },
      { __entity: { type: "A", id: "b\0" } },
      extension("decimal", "1.0"),
      extension("ip", "1.0.0.0"),
      extension("ip", "1.0.0.0/31"),
      extension("datetime", "1970-01-01"),
      extension("duration", "0ms"),
    ]
    assert.equal(new Set(values.map((json) => keyOf(valueOf(json)))).size, values.length)
  })

  it("is the same whatever the order, and however often something is said", () => {
    assert.equal(keyOf(valueOf([1, [2, 3], 1])), keyOf(valueOf([[3, 2, 2], 1])))
    assert.equal(keyOf(valueOf({ a: 1, b: [1, 1] })), keyOf(valueOf({ b: [1], a: 1 })))
    assert.ok(valueOf([1]) instanceof CedarSet)
  })
})

function extension(fn: string, arg: string): { __extn: { fn: string; arg: string } } {
  return { __extn: { fn, arg } }
}

function parsed(text: string): ValueJson {
  const json = parseLossless(`{"n":${text}}`)
  assert.ok(isJsonObject(json))
  const { n }: JsonObject & { readonly n?: unknown } = json
  return n as ValueJson
}

function spelt(json: ValueJson): string {
  return typeof json === "number" ? String(json) : JSON.stringify(json)
}

function about(policies: Case["policies"], n: ValueJson): Case {
  const uid = { type: "User", id: "ann" }
  return {
    policies,
    principal: uid,
    action: { type: "Action", id: "read" },
    resource: uid,
    context: { n },
    entities: [{ uid, attrs: { n }, parents: [] }],
  }
}
