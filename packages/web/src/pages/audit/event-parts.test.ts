import { describe, expect, it } from "vitest"
import { furtherData, movedWords, partOf, textOf, textsOf } from "./event-parts.ts"

describe("the parts of an event", () => {
  it("are read by name, and what is no object has none", () => {
    expect(textOf({ a: { b: 7 } }, "a", "b")).toBe("7")
    expect(textOf({ a: { b: {} } }, "a", "b")).toBeUndefined()
    for (const body of [null, undefined, 1, "x", []]) expect(partOf(body, "a", "b")).toBeUndefined()
    expect(partOf({}, "constructor")).toBeUndefined()
    expect(textsOf({ list: ["a", 1, null, "b"] }, "list")).toEqual(["a", "b"])
  })

  it("say what data was moved", () => {
    const data = { bytesIn: 1, bytesOut: 2_048, records: 3, classes: ["personal", "financial"] }
    expect(movedWords({ data })).toBe("1 byte in, 2,048 bytes out, 3 records, of personal, financial")
    expect(movedWords({ data: { other: 1 } })).toBeUndefined()
  })

  it("tell the rest as texts", () => {
    expect(furtherData({ data: { bytesIn: 1, reason: "x", scope: { a: [1] } } })).toEqual([
      ["reason", "x"],
      ["scope", '{"a":[1]}'],
    ])
    expect(furtherData({ data: "x" })).toEqual([])
  })
})
