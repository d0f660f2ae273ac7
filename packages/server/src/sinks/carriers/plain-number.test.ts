import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { isJsonObject, parseLossless } from "@tabard/core"
import { logsRequest } from "./otlp-logs.ts"
import { columnsOf } from "./parquet-shape.ts"
import { withPlainNumber } from "./plain-number.ts"
import { item } from "./testing/carried.ts"

describe("a number that was kept as it was written", () => {
  const body = parseLossless('{"exact":7,"share":0.5,"huge":9007199254740993,"list":[1]}')
  assert.ok(isJsonObject(body))

  it("is a number where a double says the same, and its text where none does", () => {
    assert.deepEqual(
      ["exact", "share", "huge"].map((name) => withPlainNumber(body[name] ?? "")),
      [7, 0.5, "9007199254740993"],
    )
  })

  it("reaches an OpenTelemetry receiver as what it is", () => {
    const said = JSON.stringify(logsRequest([item(0, { body })], { host: "acme.example", version: "1" }))
    assert.ok(said.includes('{"key":"exact","value":{"intValue":"7"}}'), said)
    assert.ok(said.includes('{"key":"huge","value":{"stringValue":"9007199254740993"}}'), said)
    assert.ok(said.includes('{"arrayValue":{"values":[{"intValue":"1"}]}}'), said)
  })

  it("has a column of its kind", () => {
    assert.deepEqual(columnsOf([body]), [
      ["exact", { kind: "whole" }],
      ["huge", { kind: "text" }],
      ["list", { kind: "list", of: { kind: "whole" } }],
      ["share", { kind: "number" }],
    ])
  })
})
