import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { after, before, describe, it } from "node:test"
import { OPERATIONS, type OpenApiDocument, type Operation, openApiDocument } from "@tabard/api"
import { Ajv2020 } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import { rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

const TABLE = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS })
const DOCUMENT = openApiDocument({ cookie: "tabard-7070" })
const DESCRIBED = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

describe("the contract as OpenAPI", () => {
  it("is OpenAPI 3.1 by the published schema", () => {
    const isOpenApi = openApiSchema()
    assert.ok(isOpenApi(DOCUMENT), JSON.stringify(isOpenApi.errors, null, 2))
    assert.ok(!isOpenApi({ ...DOCUMENT, paths: { agents: {} } }), "the schema refuses nothing")
  })

  it("describes each operation of the table once, under its name, and no other", () => {
    const described = DESCRIBED.map(
      ({ path, method, operation }) => `${operation.operationId} ${method.toUpperCase()} ${path}`,
    )
    const table = TABLE.map(
      ([name, { method, path }]) => `${name} ${method} ${path.replace(/:(\w+)/g, "{$1}")}`,
    )
    assert.deepEqual(described.toSorted(), table.toSorted())
  })

  it("refers to nothing that it does not hold", () => {
    const missing = referencesIn(DOCUMENT).filter((reference) => at(DOCUMENT, reference) === undefined)
    assert.deepEqual(missing, [])
  })

  it("holds only schemas that are JSON Schema, and that take what the API answers", () => {
    const ajv = new Ajv2020({ strict: false })
    for (const [name, schema] of Object.entries(DOCUMENT.components.schemas))
      assert.ok(ajv.validateSchema(schema), name)
    ajv.addSchema({ $id: "urn:tabard:api", components: DOCUMENT.components })
    const isSettings = ajv.compile({ $ref: "urn:tabard:api#/components/schemas/Settings" })
    const days = { graceDays: 14, warnDays: [7], idleDays: 90, leaverGraceDays: 14 }
    const settings = { ...days, delegationDepth: 3, widenedByAnother: false }
    assert.ok(isSettings(settings))
    assert.ok(isSettings({ ...settings, later: "an answer may gain members" }))
    assert.ok(!isSettings({ ...settings, graceDays: "14" }))
  })

  it("says of every member of a path that it is needed, and closes every body to what nobody knows", () => {
    for (const { path, operation } of DESCRIBED) {
      const inPath = operation.parameters.filter((parameter) => parameter.in === "path")
      const names = inPath.map(({ name }) => `{${name}}`).toSorted()
      assert.deepEqual(names, (path.match(/\{\w+\}/g) ?? []).toSorted(), path)
      const body = operation.requestBody?.content["application/json"]?.schema
      if (body) assert.equal(body["additionalProperties"], false, operation.operationId)
    }
  })

  it("asks for a session wherever the table does, and for its own site's word on every write", () => {
    for (const [name, { access, method }] of TABLE) {
      const operation = DESCRIBED.find((one) => one.operation.operationId === name)?.operation
      const [security] = operation?.security ?? []
      const asked = Object.keys(security ?? {})
      const writes = method === "GET" ? ["session"] : ["session", "ownSite"]
      assert.deepEqual(asked, access === "public" ? [] : writes, name)
      assert.equal(operation?.responses["401"] !== undefined, access !== "public", name)
    }
  })
})

describe("the contract, served", () => {
  let tabard: RunningTabard
  before(async () => {
    tabard = await runTabard()
  })
  after(() => tabard[Symbol.asyncDispose]())

  it("is answered to anybody, with this address's own cookie", async () => {
    const { status, text } = await rawRequest(tabard.server.publicUrl, { path: "/api/v1/openapi.json" })
    assert.equal(status, 200)
    const served: OpenApiDocument = JSON.parse(text)
    const { port } = new URL(tabard.server.publicUrl)
    assert.match(JSON.stringify(served.components.securitySchemes["session"]), new RegExp(`"tabard-${port}"`))
    assert.deepEqual(served.paths, JSON.parse(JSON.stringify(DOCUMENT.paths)))
  })

  it("is a page to read: every operation, no script, nothing of another site", async () => {
    const { status, headers, text } = await rawRequest(tabard.server.publicUrl, { path: "/api/v1/docs" })
    assert.equal(status, 200)
    assert.match(String(headers["content-type"]), /^text\/html/)
    for (const [name, { path }] of TABLE) {
      assert.ok(text.includes(`id="${name}"`), name)
      assert.ok(text.includes(path.replace(/:(\w+)/g, "{$1}")), path)
    }
    assert.deepEqual(text.match(/<(script|style)|<[^>]*\s(style|on\w+)=|https?:\/\/|\[object/gi), null)
    const linked = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    assert.deepEqual(
      linked.filter((id) => !text.includes(`id="${id}"`)),
      [],
    )
  })

  it("looks as its own stylesheet says, in the light and in the dark", async () => {
    const { headers, text } = await rawRequest(tabard.server.publicUrl, { path: "/api/v1/docs.css" })
    assert.match(String(headers["content-type"]), /^text\/css/)
    assert.match(text, /color-scheme: light dark/)
  })
})

/** Ajv resolves this dynamic reference to the root; without a dialect of one's own it is the schema beside it. */
function openApiSchema(): ReturnType<Ajv2020["compile"]> {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false })
  addFormats.default(ajv)
  const root = dirname(createRequire(import.meta.url).resolve("schemastore/package.json"))
  const place =
    "schemas/json/raw.githubusercontent.com/OAI/OpenAPI-Specification/main/schemas/v3.1/schema.json"
  const text = readFileSync(join(root, place), "utf8")
  const schema: object = JSON.parse(text.replaceAll(/"\$dynamicRef":\s*"#meta"/g, '"$ref": "#/$defs/schema"'))
  return ajv.compile(schema)
}

function referencesIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([name, member]) =>
    name === "$ref" && typeof member === "string" ? [member] : referencesIn(member),
  )
}

function at(document: object, reference: string): unknown {
  return reference
    .replace(/^#\//, "")
    .split("/")
    .reduce<unknown>((value, name) => Reflect.get(Object(value), name), document)
}
