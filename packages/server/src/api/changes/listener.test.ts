import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { ManualClock } from "@tabard/core"
import { Listener } from "./listener.ts"

const text = (words: string): Uint8Array => new TextEncoder().encode(words)

describe("somebody who listens", () => {
  it("is gone once they take nothing of what waits for half a minute, and not while nothing waits", async () => {
    const clock = new ManualClock("2026-11-22T12:00:00.000Z")
    const listener = new Listener(clock)
    clock.advance(600_000)
    assert.equal(listener.isGone(), false)
    listener.tell(text("one"))
    clock.advance(20_000)
    listener.tell(text("two"))
    clock.advance(10_000)
    assert.equal(listener.isGone(), false)
    clock.advance(1)
    assert.equal(listener.isGone(), true)
    const { value } = await listener.stream.getReader().read()
    assert.equal(new TextDecoder().decode(value), "onetwo")
    assert.equal(listener.isGone(), false)
  })

  it("is sent nothing after the end, and leaves once", async () => {
    const listener = new Listener(new ManualClock("2026-11-22T12:00:00.000Z"))
    const reader = listener.stream.getReader()
    const reading = reader.read()
    listener.end()
    listener.tell(text("late"))
    assert.equal((await reading).done, true)
    await listener.left
  })

  it("leaves when the connection is closed from the other end", async () => {
    const listener = new Listener(new ManualClock("2026-11-22T12:00:00.000Z"))
    await listener.stream.cancel()
    await listener.left
  })
})
