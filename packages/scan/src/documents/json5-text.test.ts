import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { parseDocument } from "./parse-document.ts"

const WRITTEN = `{
  // who answers
  channels: { 'chat-app': { enabled: true, token: 'it\\'s "quoted": no name', }, },
  "agents": { $default: ['a:b', "c: d"] },
  /* gateway: 'no' */
}`

describe("JSON5", () => {
  it("is read with bare names and single quotes, and tells the lines as they are", () => {
    const document = parseDocument(WRITTEN, "json5", 20)
    assert.deepEqual(structuredClone(document.value), {
      channels: { "chat-app": { enabled: true, token: 'it\'s "quoted": no name' } },
      agents: { $default: ["a:b", "c: d"] },
    })
    assert.equal(document.lineOf(["channels", "chat-app", "token"]), 3)
    assert.equal(document.lineOf(["agents"]), 4)
  })

  it("is not what others read as JSON", () => {
    assert.throws(() => parseDocument(WRITTEN, "json", 20), /it is not JSON/)
  })

  it("ends soon where it was made to be slow", () => {
    const start = performance.now()
    for (const text of [
      "a".repeat(500_000),
      "'".repeat(500_000),
      "$ ".repeat(250_000),
      `{"a": "${"\\".repeat(500_001)}`,
    ])
      assert.throws(() => parseDocument(text, "json5", 20), /it is not JSON/)
    assert.ok(performance.now() - start < 20_000)
  })
})
