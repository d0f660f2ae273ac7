import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { array, constantFrom, assert as holdsFor, integer, property, string, tuple } from "fast-check"
import { anyManifest } from "../testing/any-manifest.ts"
import { checkManifest } from "./read-manifest.ts"
import { writeManifest } from "./write-manifest.ts"

const scraps = constantFrom(
  "\n",
  " ",
  "\t",
  ":",
  "- ",
  "{",
  "}",
  "[",
  "]",
  '"',
  "'",
  "&a ",
  "*a",
  "!x ",
  "? ",
  "| ",
  "> ",
  "%",
  "#",
  "\u0000",
  "\ud800",
  "\u2028",
  "💶",
  "<<: ",
  "__proto__: ",
  "---\n",
  "...\n",
)

describe("for any text, checking a manifest", () => {
  it("answers the manifest or its problems, each within the text, and never fails", () => {
    let read = 0
    const spoilt = property(
      anyManifest,
      array(tuple(integer({ min: 0, max: 2000 }), integer({ min: 0, max: 9 }), scraps), { maxLength: 4 }),
      ({ manifest }, cuts) => {
        const text = cuts.reduce(
          (whole, [at, gone, scrap]) => whole.slice(0, at) + scrap + whole.slice(at + gone),
          writeManifest(manifest),
        )
        if (assertAnswered(text)) read += 1
      },
    )
    holdsFor(spoilt, { numRuns: 1000 })
    assert.ok(read > 0 && read < 1000, String(read))
    holdsFor(
      property(string({ unit: scraps, maxLength: 60 }), (text) => void assertAnswered(text)),
      { numRuns: 1000 },
    )
  })

  it("answers however deep it is nested", () => {
    for (const depth of [10, 100, 500, 700, 1000, 5000])
      for (const [open, close] of [
        ["{a: ", "}"],
        ["[", "]"],
        ["- ", ""],
        ["tools: [{arguments: {", "}}]"],
      ] as const)
        assertAnswered(open.repeat(depth) + close.repeat(depth))
  })
})

function assertAnswered(text: string): boolean {
  const { manifest, problems } = checkManifest(text)
  assert.equal(manifest === undefined, problems.length > 0)
  const lines = text.split("\n")
  for (const { line, column, message, next } of problems) {
    assert.ok(line >= 1 && line <= lines.length, `${line} of ${lines.length}`)
    assert.ok(column >= 1, String(column))
    assert.ok(message !== "" && next !== "")
  }
  return manifest !== undefined
}
