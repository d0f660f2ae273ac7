import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { schemaToText } from "@cedar-policy/cedar-wasm/nodejs"
import { generateSchema } from "@cedar-policy/mcp-schema-generator-wasm"
import type { JsonObject } from "@tabard/core"
import { parsePolicy } from "./parse-policy.ts"
import type { PinnedTool } from "./pinned-tool.ts"
import { compileSchema } from "./schema.ts"
import { validatePolicies } from "./validate-policies.ts"

const PROPERTIES = {
  text: { type: "string" },
  flag: { type: "boolean" },
  many: { type: "array", items: { type: "string" } },
  inner: {
    type: "object",
    properties: { a: { type: "string" }, b: { type: "array", items: { type: "boolean" } } },
    required: ["a"],
  },
}

describe("the schema of a tool", () => {
  it("agrees with Cedar's own generator on what both can say", () => {
    const inputSchema = { type: "object", properties: PROPERTIES, required: ["text", "inner"] }
    assert.deepEqual(ourInput(inputSchema), theirInput(inputSchema))
  })

  it("is one that Cedar takes, whatever the arguments are called", () => {
    const names = ["we ird", "max-results", "$filter", "__proto__", "__entity", "in", "", "é"]
    const shapes = [
      { type: "number" },
      { type: "array", items: { type: "number" } },
      {},
      ...Object.values(PROPERTIES),
    ]
    const properties = Object.fromEntries(
      names.flatMap((name) =>
        shapes.map((shape, at): [string, JsonObject] => [
          name.startsWith("__") ? name : `${name}${at}`,
          shape,
        ]),
      ),
    )
    const schema = compileSchema([tool({ type: "object", properties })])
    const answer = schemaToText(schema.json)
    assert.equal(answer.type, "success", JSON.stringify(answer))
  })

  it("changes its name with a tool's shape and effects, and with nothing else", () => {
    const one = tool({ type: "object", properties: { a: { type: "string" } } })
    const same = compileSchema([one]).fingerprint
    assert.equal(compileSchema([{ ...one, digest: "d2" }]).fingerprint, same)
    assert.notEqual(compileSchema([{ ...one, effects: ["write"] }]).fingerprint, same)
    assert.notEqual(
      compileSchema([tool({ type: "object", properties: { a: { type: "number" } } })]).fingerprint,
      same,
    )
  })

  it("puts nothing into force where it cannot itself be read", () => {
    const schema = {
      ...compileSchema([]),
      json: { Tabard: { entityTypes: {}, actions: { x: { memberOf: [{ id: "y" }] } } } },
    }
    const policy = { id: "p/1", text: "permit (principal, action, resource);" }
    assert.throws(() => validatePolicies(schema, [parsePolicy(policy)]), /y/)
  })
})

type Type = {
  type: string
  name?: string
  element?: Type
  attributes?: Record<string, Type>
  required?: boolean
}
type Types = Record<string, Type>

function ourInput(inputSchema: JsonObject): unknown {
  const schema = compileSchema([tool(inputSchema)])
  const namespace: unknown = schema.json["Tabard"]
  return contextInput(namespace, "srv_1/t")
}

function theirInput(inputSchema: JsonObject): unknown {
  const stub = `namespace Tabard {
    @mcp_principal entity Agent;
    @mcp_resource entity Server;
    action "tools/call" appliesTo { principal: [Agent], resource: [Server] };
  }`
  const config = JSON.stringify({ objectsAsRecords: true, flattenNamespaces: true })
  const answer = JSON.parse(generateSchema(stub, JSON.stringify([{ name: "t", inputSchema }]), config))
  assert.ok(answer.isOk, answer.error)
  return contextInput(JSON.parse(answer.schemaJson).Tabard, "t")
}

/** Reads the input's type in one spelling: common types put in place, defaults written out. */
function contextInput(namespace: unknown, action: string): unknown {
  const { commonTypes, actions } = namespace as {
    commonTypes: Types
    actions: Record<string, { appliesTo: { context: Type } }>
  }
  const context = plainType(actions[action]?.appliesTo.context, commonTypes)
  return (context as { members: Record<string, unknown> }).members["input"]
}

function plainType(type: Type | undefined, common: Types): unknown {
  assert.ok(type)
  const required = type.required ?? true
  const name = (type.type === "EntityOrCommon" ? type.name : type.type)?.replace(/^.*::/, "") ?? ""
  const known = common[name]
  if (known) return { ...(plainType(known, common) as object), required }
  return { type: name === "Bool" ? "Boolean" : name, required, ...parts(type, common) }
}

function parts({ element, attributes = {} }: Type, common: Types): object {
  const members = Object.entries(attributes).map(([key, value]) => [key, plainType(value, common)])
  return { members: Object.fromEntries(members), ...(element && { element: plainType(element, common) }) }
}

function tool(inputSchema: JsonObject): PinnedTool {
  return { server: "srv_1", name: "t", digest: "d", inputSchema, effects: ["read"], roles: {} }
}
