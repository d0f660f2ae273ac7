import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { schemasDoor } from "./schemas-door.ts"

describe("the schemas of the files that people write", () => {
  for (const [path, member] of [
    ["/schemas/manifest-1.json", "purpose"],
    ["/schemas/standards-1.json", "properties"],
    ["/schemas/cases-1.json", "cases"],
    ["/schemas/organisation-1.json", "guardRails"],
  ] as const) {
    it(`are there for any editor: ${path}`, async () => {
      const answer = await schemasDoor().request(path)
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get("content-type"), "application/schema+json")
      const text = await answer.text()
      assert.match(text, new RegExp(`"${member}"`))
      assert.equal(JSON.parse(text).$schema, "https://json-schema.org/draft/2020-12/schema")
    })
  }
})
