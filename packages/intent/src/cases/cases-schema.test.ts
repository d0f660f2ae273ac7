import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, it } from "node:test"
import { Ajv2020 } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import { parse } from "yaml"
import { casesJsonSchema } from "./cases-schema.ts"

const HOME = join(import.meta.dirname, "../../../..")

describe("the JSON Schema of a file of cases", () => {
  it("is the one that is published", () => {
    const published: unknown = JSON.parse(readFileSync(join(HOME, "docs/tabard.cases.schema.json"), "utf8"))
    assert.deepEqual(published, JSON.parse(JSON.stringify(casesJsonSchema())))
  })

  it("takes the cases that are shown as examples, and nothing that is misspelt", () => {
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    const validate = ajv.compile(casesJsonSchema())
    for (const file of ["tabard.cases.yaml", "records/tabard.cases.yaml"]) {
      const example: { cases: object[] } = parse(readFileSync(join(HOME, "examples/pipeline", file), "utf8"))
      assert.ok(validate(example), JSON.stringify(validate.errors))
      assert.ok(!validate({ ...example, cases: [{ ...example.cases[0], expects: "deny" }] }))
    }
  })
})
