import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Json, type JsonObject, parseLossless } from "@tabard/core"
import { type Lowering, lowerInput } from "./lower-input.ts"
import type { ArgumentFacts } from "./lower-value.ts"
import type { PinnedTool } from "./pinned-tool.ts"
import { argumentShapes } from "./shape.ts"
import { recordJson } from "./value-json.ts"

describe("lowering arguments", () => {
  it("keeps what Cedar has a type for", () => {
    const lowered = lower(
      {
        s: { type: "string" },
        b: { type: "boolean" },
        n: { type: "integer" },
        l: { type: "array", items: { type: "string" } },
      },
      '{"s":"x","b":true,"n":3,"l":["a","b"]}',
    )
    assert.deepEqual(inputs(lowered), [
      {
        s: "x",
        b: true,
        n: { text: "3", long: 3, dec: { __extn: { fn: "decimal", arg: "3.0000" } } },
        l: ["a", "b"],
      },
    ])
    assert.ok(lowered.kind === "lowered" && lowered.whole)
  })

  it("keeps objects of known members to a depth of four, and anything deeper as text", () => {
    const deep = object(object(object(object({ type: "string" }))))
    const lowered = lower({ o: deep }, '{"o":{"x":{"x":{"x":{"x":"v"}}}}}')
    assert.deepEqual(inputs(lowered), [{ o: { x: { x: { x: '{"x":"v"}' } } } }])
    assert.ok(lowered.kind === "lowered" && !lowered.whole)
  })

  it("shows as exact text what can be read in several ways", () => {
    for (const schema of [
      {},
      true,
      { anyOf: [{ type: "string" }, { type: "number" }] },
      { type: ["string", "null"] },
      { type: "object" },
      { type: "object", properties: { a: {} }, additionalProperties: { type: "string" } },
      { type: "object", properties: { __extn: { type: "string" } } },
      { enum: ["a", 1] },
      { enum: "a" },
      { type: "null" },
      { $ref: "#/$defs/x" },
    ] satisfies Json[]) {
      assert.deepEqual(inputs(lower({ x: schema }, '{"x":{"b":1.50,"a":null}}')), [
        { x: '{"a":null,"b":1.5}' },
      ])
    }
  })

  it("never lets an argument speak Cedar's own JSON", () => {
    const lowered = lower({ __entity: { type: "string" }, s: { type: "string" } }, '{"__entity":"x","s":"y"}')
    assert.deepEqual(inputs(lowered), [{ s: "y" }])
    assert.ok(lowered.kind === "lowered" && !lowered.whole)
    assert.match(
      refusal(lower({ s: { type: "string" } }, '{"s":{"__entity":{"type":"Tabard::User","id":"x"}}}')),
      /must be a string/,
    )
  })

  it("leaves out what was left out", () => {
    assert.deepEqual(inputs(lower({ s: { type: "string" } }, "{}")), [{}])
    assert.deepEqual(inputs(lower({ s: { type: "string" } }, { s: undefined })), [{}])
  })

  it("refuses what was not reviewed so", () => {
    const nested = { type: "object", properties: { a: { type: "string" } }, required: ["a"] }
    for (const [schema, text, words] of [
      [{ type: "string" }, '{"x":1}', /argument x must be a string/],
      [{ type: "string" }, '{"x":null}', /argument x must be a string/],
      [{ type: "boolean" }, '{"x":"true"}', /must be true or false/],
      [{ type: "number" }, '{"x":"1"}', /must be a number/],
      [{ type: "number" }, '{"x":1e9999999}', /must be a number/],
      [{ type: "integer" }, '{"x":1.5}', /must be a whole number/],
      [{ type: "array", items: { type: "string" } }, '{"x":"a"}', /must be a list/],
      [{ type: "string", enum: ["a", "b"] }, '{"x":"c"}', /must be one of a, b/],
      [{ const: "a" }, '{"x":"b"}', /must be one of a/],
      [nested, '{"x":"a"}', /must be an object/],
      [nested, '{"x":{}}', /argument x\.a is missing/],
      [nested, '{"x":{"a":"1","b":"2"}}', /argument x\.b is not in the reviewed schema/],
      [{ type: "string" }, '{"y":1}', /argument y is not in the reviewed schema/],
      [{ type: "string" }, '{"__proto__":1}', /__proto__ is not in the reviewed schema/],
      [{ type: "string" }, "[]", /the arguments must be an object/],
      [{ type: "string" }, '{"x":"\\ud800"}', /not well-formed Unicode/],
      [{}, '{"x":"\\ud800"}', /malformed/],
      [{ type: "string" }, `{"x":"${"a".repeat(1_048_577)}"}`, /longer than/],
    ] as const) {
      assert.match(refusal(lower({ x: schema }, text)), words)
    }
    assert.match(
      refusal(lower({ x: { type: "string" } }, "{}", { required: ["x"] })),
      /argument x is missing/,
    )
    assert.match(refusal(lower({ x: { type: "number" } }, { x: Number.NaN })), /must be a number/)
  })

  it("says of a path which of the asked folders hold it, as given and on disk", () => {
    const path = { type: "string" }
    const roles = { x: ["path"] } as const
    const facts = { roots: ["/a", "/a/b", "/c"] }
    const under = (realPaths?: Record<string, string>): unknown =>
      inputs(lower({ x: path }, '{"x":"/a//b/c"}', { roles }, { ...facts, ...(realPaths && { realPaths }) }))
    assert.deepEqual(under(), [{ x: { text: "/a/b/c", under: ["/a", "/a/b"] } }])
    assert.deepEqual(under({ "/a//b/c": "/a/x" }), [{ x: { text: "/a/b/c", under: ["/a"] } }])
    assert.deepEqual(under({ "/a//b/c": "/c/x" }), [{ x: { text: "/a/b/c", under: [] } }])
    assert.match(refusal(lower({ x: path }, '{"x":7}', { roles })), /must be a path/)
    assert.match(
      refusal(lower({ x: path }, '{"x":"b"}', { roles })),
      /no path to judge: it must be an absolute path/,
    )
    assert.match(
      refusal(lower({ x: path }, '{"x":"/a"}', { roles }, { roots: [], realPaths: { "/a": "" } })),
      /leads to a place that cannot be judged/,
    )
  })

  it("asks about each target by itself", () => {
    const texts = { type: "array", items: { type: "string" } }
    const numbers = { type: "array", items: { type: "integer" } }
    const roles = { to: ["target"], ids: ["target"] } as const
    const lowered = lower({ to: texts, ids: numbers }, '{"to":["a","b"],"ids":[1]}', { roles })
    assert.ok(lowered.kind === "lowered")
    assert.deepEqual(
      lowered.inputs.map(({ targets }) => targets),
      [
        ["a", "1"],
        ["b", "1"],
      ],
    )
  })

  it("refuses more targets than can be judged at once", () => {
    const texts = { type: "array", items: { type: "string" } }
    const roles = { to: ["target"] } as const
    assert.match(
      refusal(lower({ to: texts }, many(101), { roles })),
      /at most 100 targets: ask in smaller calls/,
    )
    assert.equal(inputs(lower({ to: texts }, many(100), { roles })).length, 100)
  })

  it("names a target that is an object by its JSON", () => {
    const to = { type: "object", properties: { id: { type: "string" } } }
    const lowered = lower({ to }, '{"to":{"id":"x"}}', { roles: { to: ["target"] } })
    assert.deepEqual(lowered.kind === "lowered" && lowered.inputs[0]?.targets, ['{"id":"x"}'])
  })
})

describe("a tool", () => {
  it("cannot be judged where its arguments have no names", () => {
    for (const [schema, words] of [
      [{}, /not of type object/],
      [{ type: "object", oneOf: [] }, /uses oneOf/],
      [
        {
          type: "object",
          properties: Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`a${at}`, {}])),
        },
        /more than 500/,
      ],
    ] as const) {
      const shapes = argumentShapes({ ...TOOL, inputSchema: schema })
      assert.match("unjudgeable" in shapes ? shapes.unjudgeable : "", words)
    }
  })
})

const TOOL: PinnedTool = { server: "srv_1", name: "t", digest: "d", inputSchema: {}, effects: [], roles: {} }

function lower(
  properties: JsonObject,
  args: string | Json,
  tool: { readonly required?: readonly string[]; readonly roles?: PinnedTool["roles"] } = {},
  facts: ArgumentFacts = { roots: [] },
): Lowering {
  const inputSchema = { type: "object", properties, required: tool.required ?? [] }
  const pinned = { ...TOOL, inputSchema, roles: tool.roles ?? {} }
  const shapes = argumentShapes(pinned)
  assert.ok(!("unjudgeable" in shapes))
  return lowerInput(
    { pinned, arguments: shapes },
    typeof args === "string" ? parseLossless(args) : args,
    facts,
  )
}

function object(inner: JsonObject): JsonObject {
  return { type: "object", properties: { x: inner } }
}

function many(count: number): Json {
  return { to: Array.from({ length: count }, (_, at) => `t${at}`) }
}

function inputs(lowering: Lowering): unknown[] {
  assert.ok(lowering.kind === "lowered", lowering.kind === "refused" ? lowering.words : "")
  return lowering.inputs.map(({ input }) => recordJson(input))
}

function refusal(lowering: Lowering): string {
  assert.equal(lowering.kind, "refused")
  return lowering.kind === "refused" ? lowering.words : ""
}
