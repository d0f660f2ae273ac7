import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { restMs } from "./rest-ms.ts"

const SECOND = 1000
const MINUTE = 60 * SECOND
const MANY = Array.from({ length: 200 })

describe("how long a sink is left alone", () => {
  it("is twice as long after each failure, a little at random, and five minutes at most", () => {
    for (const [failures, ms] of [
      [1, 2 * SECOND],
      [2, 4 * SECOND],
      [6, 64 * SECOND],
      [9, 5 * MINUTE],
      [10_000, 5 * MINUTE],
    ] as const) {
      const rests = MANY.map(() => later(null, failures))
      assert.ok(
        rests.every((rest) => rest >= ms * 0.8 && rest <= ms * 1.2),
        `${failures}`,
      )
      assert.ok(new Set(rests).size > 1, "all that failed together come back together")
    }
  })

  it("is never less than the receiver asks for, unless it asks for more than an hour", () => {
    assert.equal(later(17 * MINUTE, 1), 17 * MINUTE)
    assert.ok(later(1, 6) >= 50 * SECOND)
    assert.equal(later(365 * 24 * 60 * MINUTE, 1), 60 * MINUTE)
  })

  it("is a quarter of an hour where a person has to put something right", () => {
    for (const _ of MANY) {
      const rest = restMs({ kind: "held", reason: "it answered 401" }, 1)
      assert.ok(rest >= 12 * MINUTE && rest <= 18 * MINUTE)
    }
  })
})

function later(afterMs: number | null, failures: number): number {
  return restMs({ kind: "later", reason: "it answered 503", afterMs }, failures)
}
