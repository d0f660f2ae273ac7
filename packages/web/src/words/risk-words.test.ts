import { describe, expect, it } from "vitest"
import { intervalWords, pointsWords } from "./risk-words.ts"

describe("the words for risk", () => {
  it("tell an interval only where something is unknown", () => {
    expect(intervalWords({ low: 20, high: 20 })).toBe("Everything that counts is known.")
    expect(intervalWords({ low: 3, high: 41 })).toBe("Between 3 and 41: not all of it is known.")
  })

  it("count points", () => {
    expect([1, 1.25, 0.5].map(pointsWords)).toEqual(["1 point", "1.25 points", "0.5 points"])
  })
})
