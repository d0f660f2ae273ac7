import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { CarriedItem } from "@tabard/control"
import { carryInParts, type PartResult } from "./carry-in-parts.ts"
import { items, TAKEN } from "./testing/carried.ts"

const LATER: PartResult = { kind: "later", reason: "it answered 503", afterMs: 9 }

describe("carrying in parts", () => {
  for (const poisoned of [[0], [99], [3, 4, 50], [10, 20, 30, 40, 60, 70, 80, 90, 91]]) {
    it(`refuses exactly what is to blame, and carries the rest in order: ${poisoned.join()}`, async () => {
      const taken: number[] = []
      const result = await carryInParts(items(100), async (part) => {
        if (part.some(({ place }) => poisoned.includes(place))) return unfit(false)
        taken.push(...part.map(({ place }) => place))
        return TAKEN
      })
      assert.deepEqual(
        result.kind === "taken" && result.refused.map(({ key }) => key),
        poisoned.map((place) => `acme/${place}`),
      )
      assert.deepEqual(
        taken,
        items(100).flatMap(({ place }) => (poisoned.includes(place) ? [] : [place])),
      )
    })
  }

  it("stops where the receiver wants to be left alone, whatever was taken before", async () => {
    const parts: (readonly CarriedItem[])[] = []
    const result = await carryInParts(items(10), async (part) => {
      parts.push(part)
      if (part.length > 5) return unfit(false)
      return part[0]?.place === 0 ? TAKEN : LATER
    })
    assert.deepEqual(result, LATER)
    assert.equal(parts.length, 3)
  })

  it("holds rather than refuses where all is refused, and gives up soon", async () => {
    let asked = 0
    const result = await carryInParts(items(500), async () => {
      asked += 1
      return unfit(false)
    })
    assert.deepEqual(result, { kind: "held", reason: "it refuses every entry: no" })
    assert.ok(asked < 40, `${asked} requests`)
  })

  it("holds one item that is refused by itself, since nothing shows that the receiver is well", async () => {
    assert.equal((await carryInParts(items(1), async () => unfit(false))).kind, "held")
  })

  it("refuses all where each is to blame for sure", async () => {
    const result = await carryInParts(items(20), async () => unfit(true))
    assert.equal(result.kind === "taken" && result.refused.length, 20)
  })

  it("keeps what was refused of parts that were taken", async () => {
    const refused = [{ key: "acme/0", reason: "no" }]
    assert.deepEqual(await carryInParts(items(2), async () => ({ kind: "taken", refused })), {
      kind: "taken",
      refused,
    })
  })
})

function unfit(alone: boolean): PartResult {
  return { kind: "unfit", reason: "no", alone }
}
