import { describe, expect, it } from "vitest"
import { offsetOf, problemLines } from "./problem-lines.ts"

describe("where a refusal points", () => {
  it("is the line and column that it names, and the first column where it names a line alone", () => {
    expect(problemLines(new Error("policy own/frozen, line 3, column 7: unexpected token"))).toMatchObject([
      { line: 3, column: 7, message: "unexpected token" },
    ])
    expect(problemLines(new Error("line 12: a value has at most 500 characters"))).toMatchObject([
      { line: 12, column: 1 },
    ])
  })

  it("is nowhere where it names no line", () => {
    expect(problemLines(new Error("only security and administrators write what rules every agent"))).toEqual(
      [],
    )
    expect(problemLines(null)).toEqual([])
  })

  it("is counted in characters from the beginning, and never beyond its line or the text", () => {
    expect(offsetOf("ab\ncde\nf", { line: 2, column: 2 })).toBe(4)
    expect(offsetOf("ab\ncde\nf", { line: 2, column: 90 })).toBe(6)
    expect(offsetOf("ab\ncde\nf", { line: 90, column: 1 })).toBe(8)
  })
})
