import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { EVENT_TYPES } from "@tabard/control"
import { TOUCHED_BY_TOPIC } from "../../packages/web/src/data/touched.ts"

describe("what the console asks again for", () => {
  it("is said of the topic of every event that there is, and of no other", () => {
    const topics = new Set(EVENT_TYPES.map((type) => type.split(".", 1)[0]))
    assert.deepEqual(Object.keys(TOUCHED_BY_TOPIC).toSorted(), [...topics].toSorted())
  })
})
