import { describe, expect, it } from "vitest"
import { indentedJson } from "./indented-json.ts"

describe("JSON in lines", () => {
  it("stands as JSON.stringify would set it out", () => {
    const value = { a: [1, { b: 'x, {"y": [1]} \\' }], empty: {}, none: [], c: null, d: true }
    expect(indentedJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2))
  })

  it("keeps every digit and every letter as it is written", () => {
    expect(indentedJson('{"most":9007199254740993,"part":1.0,"sign":"\\u002f"}')).toBe(
      '{\n  "most": 9007199254740993,\n  "part": 1.0,\n  "sign": "\\u002f"\n}',
    )
  })

  it("leaves alone what is no JSON", () => {
    expect(indentedJson('{"a": ')).toBe('{"a": ')
  })
})
