import assert from "node:assert/strict"
import { describe, it } from "node:test"
import * as fc from "fast-check"
import { fromBase64, toBase64 } from "./bytes.ts"

describe("base64", () => {
  it("for any bytes, is what Node writes, and reads back", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        assert.equal(toBase64(bytes), Buffer.from(bytes).toString("base64"))
        assert.deepEqual(fromBase64(toBase64(bytes)), bytes)
      }),
    )
  })

  it("has one spelling: no white space, no missing or needless padding, no hidden bits", () => {
    for (const text of ["AA ==", " AAAA", "AA", "AA=", "AAAA====", "AB==", "AAB=", "A-_A", "A===", "=AAA"]) {
      assert.equal(fromBase64(text), undefined, text)
    }
  })
})
