import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { shieldFormula, unshieldFormula } from "./formula.ts"

describe("a cell of a register", () => {
  it("begins with no sign that a spreadsheet takes for a formula", () => {
    for (const cell of ["=1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"])
      assert.equal(shieldFormula(cell), `'${cell}`)
  })

  it("reads back as it was, whatever it is", () => {
    const signs = ["", "'", "''", "=", "+", "-", "@", "\t", "\r", "a", " ", "＝"]
    for (const first of signs)
      for (const second of signs)
        for (const third of signs) {
          const cell = `${first}${second}${third}`
          assert.equal(unshieldFormula(shieldFormula(cell)), cell)
        }
  })

  it("is left alone where it is none: also one that a person began with an apostrophe", () => {
    for (const cell of ["", "a=1", "'quoted'", "2026-01-01"]) {
      assert.equal(shieldFormula(cell), cell)
      assert.equal(unshieldFormula(cell), cell)
    }
  })
})
