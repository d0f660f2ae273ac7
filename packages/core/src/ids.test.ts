import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { ManualClock } from "./clock.ts"
import { isId, newHandle, newId } from "./ids.ts"

describe("an id", () => {
  it("says what it names, and sorts by the time that made it", () => {
    const clock = new ManualClock("2026-11-21T10:00:00Z")
    const first = newId("agent", clock)
    clock.advance(1)
    const second = newId("agent", clock)
    assert.match(first, /^agt_/)
    assert.ok(first < second)
  })

  it("is not taken for an id of another kind, nor for one with anything behind it", () => {
    const id = newId("agent", new ManualClock("2026-11-21T10:00:00Z"))
    assert.ok(isId("agent", id))
    for (const wrong of [`${id} `, `${id}'--`, id.replace("agt", "usr"), "agt_1", "agt_", undefined, 7]) {
      assert.equal(isId("agent", wrong), false, String(wrong))
    }
  })
})

describe("a handle", () => {
  it("holds 128 random bits", () => {
    const handles = new Set(Array.from({ length: 1000 }, newHandle))
    assert.equal(handles.size, 1000)
    assert.ok([...handles].every((handle) => Buffer.from(handle, "base64url").length === 16))
  })

  it("make handles that a command takes as a word, however many are made", () => {
    const handles = Array.from({ length: 2000 }, newHandle)
    assert.deepEqual(
      handles.filter((handle) => !/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/.test(handle)),
      [],
    )
    assert.equal(new Set(handles).size, 2000)
  })
})
