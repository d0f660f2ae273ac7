import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { endIndex, parseTilePath } from "@tabard/log"
import { boundaryBelow, monthsBefore, prunedTiles } from "./prune-boundary.ts"

describe("what a retention spans", () => {
  for (const [time, months, before] of [
    ["2026-11-22T10:11:12.013Z", 6, "2026-05-22T10:11:12.013Z"],
    ["2026-08-31T00:00:00.000Z", 6, "2026-02-28T00:00:00.000Z"],
    ["2024-08-31T00:00:00.000Z", 6, "2024-02-29T00:00:00.000Z"],
    ["2026-01-31T23:59:59.999Z", 1, "2025-12-31T23:59:59.999Z"],
    ["2026-03-31T00:00:00.000Z", 1, "2026-02-28T00:00:00.000Z"],
    ["2026-01-15T00:00:00.000Z", 1200, "1926-01-15T00:00:00.000Z"],
  ] as const) {
    it(`is from ${before} on where it is ${months} months at ${time}`, () => {
      assert.equal(monthsBefore(new Date(time), months).toISOString(), before)
    })
  }
})

describe("what goes when a minimum index is raised", () => {
  it("ends with a bundle", () => {
    assert.deepEqual([0, 255, 256, 257, 70_000].map(boundaryBelow), [0, 0, 256, 256, 69_888])
  })

  it("is the bundles and tiles that end at or below it, of every level, and no other", () => {
    assert.deepEqual(
      [...prunedTiles(0, 512)],
      ["tile/entries/000", "tile/entries/001", "tile/0/000", "tile/0/001"],
    )
    const gone = [...prunedTiles(65_280, 131_072)]
    assert.equal(gone.filter((path) => path.startsWith("tile/entries/")).length, 257)
    assert.deepEqual(
      gone.filter((path) => path.startsWith("tile/1/")),
      ["tile/1/000", "tile/1/001"],
    )
    assert.equal(gone.filter((path) => path.startsWith("tile/2/")).length, 0)
  })

  it("is each tile once, in whichever portions", () => {
    const whole = [...prunedTiles(0, 16_777_216)]
    for (const path of whole.slice(-4)) {
      const address = parseTilePath(path)
      assert.ok(address && endIndex(address) <= 16_777_216)
    }
    assert.equal(whole.at(-1), "tile/2/000")
    const portions: string[] = []
    for (let from = 0; from < 16_777_216; from += 1_048_576)
      portions.push(...prunedTiles(from, from + 1_048_576))
    assert.deepEqual(portions.toSorted(), whole.toSorted())
  })
})
