import assert from "node:assert/strict"
import { describe, it } from "node:test"
import * as fc from "fast-check"
import { compareTexts } from "./compare-texts.ts"

const text = fc
  .array(fc.constantFrom("a", "b", "c", ""), { minLength: 1, maxLength: 12 })
  .map((lines) => `${lines.join("\n")}\n`)

describe("comparing two versions", () => {
  it("tells what was added and what went, in the order of the text", () => {
    assert.deepEqual(compareTexts("a\nb\nc\n", "a\nx\nc\nd\n"), [
      { kind: "same", text: "a" },
      { kind: "removed", text: "b" },
      { kind: "added", text: "x" },
      { kind: "same", text: "c" },
      { kind: "added", text: "d" },
    ])
    assert.deepEqual(compareTexts("", "a"), [{ kind: "added", text: "a" }])
    assert.deepEqual(compareTexts("a\na\n", "a\n"), [
      { kind: "same", text: "a" },
      { kind: "removed", text: "a" },
    ])
  })

  it("holds both texts whole, for any two", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = compareTexts(before, after)
        const of = (without: string): string =>
          lines
            .filter(({ kind }) => kind !== without)
            .map((line) => `${line.text}\n`)
            .join("")
        assert.equal(of("added"), before)
        assert.equal(of("removed"), after)
      }),
    )
  })

  it("tells two long texts that have nothing in common as one piece", () => {
    const long = (line: string): string => Array.from({ length: 2000 }, (_, at) => `${line}${at}`).join("\n")
    assert.equal(compareTexts(long("a"), long("b")).length, 4000)
  })
})
