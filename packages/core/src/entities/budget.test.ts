import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { readAmount, writeAmount } from "./budget.ts"

describe("an amount", () => {
  it("is counted in ten-thousandths, exactly, up to what a double holds", () => {
    for (const [text, parts] of [
      ["0", 0],
      ["0.1", 1_000],
      ["0.3", 3_000],
      ["500.00", 5_000_000],
      ["0.0001", 1],
      ["900719925474.0991", Number.MAX_SAFE_INTEGER],
    ] as const) {
      assert.equal(readAmount(text), parts)
    }
  })

  it("is none where it has a sign, an exponent, a fifth place, a second spelling, or is too large", () => {
    const none = "-1 +1 1e3 1E3 0.00001 1. .5 01 00 ١ 1,000 NaN Infinity 0x10 900719925474.0992 1000000000000"
    for (const text of ["", " 1", "1\n", ...none.split(" ")]) assert.equal(readAmount(text), undefined, text)
  })

  it("is written as it is read", () => {
    for (const text of ["0.00", "0.10", "500.00", "12.345", "0.0001", "900719925474.0991"]) {
      assert.equal(writeAmount(readAmount(text) ?? -1), text)
    }
  })
})
