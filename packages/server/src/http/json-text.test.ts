import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { jsonText } from "./json-text.ts"

describe("JSON that is answered", () => {
  it("says the same as it would without", () => {
    for (const value of [
      "",
      "plain é 日本",
      "\u009b31m\u202e\u200b\u2028",
      { "\u200d": ["\ufeff", null, 1.5] },
      "\\u200b",
    ])
      assert.deepEqual(JSON.parse(jsonText(value)), value)
  })

  it("holds no character that a terminal obeys or an eye passes over", () => {
    let all = ""
    for (let code = 0; code < 0xd800; code++) all += String.fromCharCode(code)
    assert.doesNotMatch(jsonText(all), /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u)
  })
})
