import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { assert as assertProperty, bigInt, integer, property } from "fast-check"
import { recordOf } from "./cedar/value-json.ts"
import { decimalText, isWhole, lowerNumber } from "./number.ts"
import { recordJson } from "./value-json.ts"

describe("a lowered number", () => {
  it("has each Cedar form that holds it exactly, and no other", () => {
    for (const [text, long, dec] of [
      ["0", 0, "0.0000"],
      ["-0.0", 0, "0.0000"],
      ["10", 10, "10.0000"],
      ["1e2", 100, "100.0000"],
      ["1.50", undefined, "1.5000"],
      ["-0.0001", undefined, "-0.0001"],
      ["0.00001", undefined, undefined],
      ["9007199254740991", 9007199254740991, undefined],
      ["9007199254740993", 9007199254740993n, undefined],
      ["9223372036854775807", 9223372036854775807n, undefined],
      ["-9223372036854775808", -9223372036854775808n, undefined],
      ["9223372036854775808", undefined, undefined],
      ["922337203685477", 922337203685477, "922337203685477.0000"],
      ["922337203685478", 922337203685478, undefined],
      ["-922337203685478", -922337203685478, undefined],
      ["1e400", undefined, undefined],
      ["1e-400", undefined, undefined],
    ] as const) {
      const number = lowerNumber(text) ?? assert.fail(`${text} is no number`)
      assert.deepEqual(
        number,
        recordOf({
          text,
          ...(long !== undefined && { long }),
          ...(dec !== undefined && { dec: { __extn: { fn: "decimal", arg: dec } } }),
        }),
        text,
      )
    }
  })

  it("is not made of what is no number, nor of an exponent that is an attack", () => {
    for (const text of ["", "NaN", "1,5", "0x10", "Infinity", "1e9999999999", "--1"]) {
      assert.equal(lowerNumber(text), undefined, text)
      assert.equal(decimalText(text), undefined, text)
    }
  })

  it("is looked at digit by digit, once, however many zeros stand between two others", () => {
    const zeros = "0".repeat(2_000_000)
    for (const text of [`1${zeros}1`, `0.${zeros}1`]) {
      const number = lowerNumber(text) ?? assert.fail("it is a number")
      assert.deepEqual(Object.keys(recordJson(number)), ["text"])
      assert.equal(isWhole(text), text.startsWith("1"))
    }
  })

  it("is the same decimal as was written, for any amount", () => {
    assertProperty(
      property(
        bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
        integer({ min: 0, max: 9999 }),
        (whole, part) => {
          const text = `${whole}.${String(part).padStart(4, "0")}`
          assert.equal(decimalText(text), text)
        },
      ),
    )
  })

  it("is whole or not by its value, not by its spelling", () => {
    assert.deepEqual(["1.0", "1e2", "0.0", "-3", "1.5", "1e-1", "x"].map(isWhole), [
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
