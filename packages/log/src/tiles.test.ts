import assert from "node:assert/strict"
import { describe, it } from "node:test"
import * as fc from "fast-check"
import { parseTilePath, tilePath, tilesForGrowth, widthAt } from "./tiles.ts"

describe("a tile's path", () => {
  it("groups digits by three, and marks all groups but the last", () => {
    assert.equal(tilePath({ level: 0, index: 0, width: 256 }), "tile/0/000")
    assert.equal(tilePath({ level: 1, index: 67, width: 12 }), "tile/1/067.p/12")
    assert.equal(tilePath({ level: "entries", index: 1_234_067, width: 256 }), "tile/entries/x001/x234/067")
  })

  it("for any tile, reads back", () => {
    const fields = {
      level: fc.oneof(fc.constant("entries" as const), fc.integer({ min: 0, max: 63 })),
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    }
    const addresses = fc.record(fields, { noNullPrototype: true })
    fc.assert(
      fc.property(addresses, (address) => assert.deepEqual(parseTilePath(tilePath(address)), address)),
    )
  })

  it("has one spelling", () => {
    for (const path of [
      "tile/0/000.p/256",
      "tile/0/000.p/0",
      "tile/0/000.p/01",
      "tile/00/000",
      "tile/64/000",
      "tile/0/0",
      "tile/0/001/000",
      "tile/0/x000/001",
      "tile/0/x001/x000",
      "tile/0/x9007199254740993",
      "tile/0/x009/x007/x199/x254/x740/993",
      "tile/seven/000",
      "tile/0/../0",
      "/tile/0/000",
      "checkpoint",
    ]) {
      assert.equal(parseTilePath(path), undefined, path)
    }
  })
})

describe("the tiles of a log", () => {
  it("are, at 256 entries, one full tile and the first hash above it", () => {
    assert.deepEqual(paths(0, 256), ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"])
  })

  it("are, at 70,000 entries, 273 full ones with 112 hashes beside, 1 full with 17, and 1", () => {
    const all = paths(0, 70_000)
    assert.equal(all.filter((path) => path.startsWith("tile/0/")).length, 274)
    assert.deepEqual(
      all.filter((path) => path.startsWith("tile/1/")),
      ["tile/1/000", "tile/1/001.p/17"],
    )
    assert.ok(all.includes("tile/0/273.p/112") && all.includes("tile/entries/273.p/112"))
    assert.deepEqual(all.at(-1), "tile/2/000.p/1")
  })

  it("are, where one entry is added, only those that it changes", () => {
    assert.deepEqual(paths(300, 301), ["tile/entries/001.p/45", "tile/0/001.p/45"])
    assert.deepEqual(paths(300, 300), [])
  })

  it("do not hold what the log does not", () => {
    assert.equal(widthAt(300, { level: 0, index: 2 }), 0)
    assert.equal(widthAt(300, { level: 0, index: 1 }), 44)
  })
})

function paths(from: number, to: number): readonly string[] {
  return [...tilesForGrowth(from, to)].map(tilePath)
}
