import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { plainLine } from "./plain-line.ts"

describe("text of a stranger in one line", () => {
  for (const [text, line] of [
    ["Invoice bot", "Invoice bot"],
    ["a\r\nBcc: b@acme.example", "a Bcc: b@acme.example"],
    ["a\u2028b\u2029c\u0085d", "a b c d"],
    ["safe\u202Egnp.exe\u202C", "safe gnp.exe"],
    ["a\u200Bb\uFEFFc\u{E0041}d", "a b c d"],
    ["\u001B[31mred\u0007", "[31mred"],
    ["  much   room  ", "much room"],
    ["Ähre 日本 🤖", "Ähre 日本 🤖"],
  ] as const) {
    it(`is ${JSON.stringify(line)} for ${JSON.stringify(text)}`, () => assert.equal(plainLine(text), line))
  }

  it("is no longer than a line, and holds no half of a character", () => {
    const line = plainLine("🤖".repeat(500))
    assert.ok(line.length <= 201 && line.endsWith("…") && line.isWellFormed())
    assert.ok(plainLine("\uD83E").isWellFormed())
  })
})
