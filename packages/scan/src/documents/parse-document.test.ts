import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { MalformedDocument } from "./document.ts"
import { parseDocument } from "./parse-document.ts"

describe("a file that is not JSON", () => {
  for (const [text, reason] of [
    ['{ "a": {\n', "it is not JSON: close brace expected in line 2"],
    ['{ "a" 1 }', "it is not JSON: colon expected in line 1"],
  ] as const) {
    it(`is refused with what is missing, and where: ${JSON.stringify(text)}`, () => {
      assert.throws(
        () => parseDocument(text, "json", 10),
        (error) => error instanceof MalformedDocument && error.message === reason,
      )
    })
  }
})
