import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { observedWords } from "./told-observing.ts"

describe("what people are told of observing an agent", () => {
  const told = { agent: "Helper", by: "Ann" }

  it("is what enforcing would have stopped, or that nobody knows", () => {
    const say = (details: object) => observedWords({ ...told, details: { how: "over", ...details } }).detail
    assert.equal(
      say({ calls: 31, denied: 4, asked: 2, stopped: ["notes/write_note", "notes/\u001b[2J"] })?.includes(
        "\u001b",
      ),
      false,
    )
    assert.match(
      say({ calls: 31, denied: 4, asked: 2, stopped: ["notes/write_note"] }) ?? "",
      /^Of its 31 calls 4 would have been denied and 2 asked about: notes\/write_note\.$/,
    )
    assert.equal(say({ calls: 3, denied: 0, asked: 0 }), "None of its 3 calls would have been stopped.")
    assert.match(say({ calls: 0, denied: 0, asked: 0 }) ?? "", /nobody knows/)
    assert.equal(say({ calls: "31" }), null)
  })

  it("names who did it and until when, and something even where a newer program said it otherwise", () => {
    const due = "2026-11-08T12:00:00.000Z"
    const titles = ["began", "ending", "over", "ended", "rehearsed", "otherwise"].map(
      (how) => observedWords({ ...told, details: { how, due } }).title,
    )
    assert.deepEqual(titles, [
      "Ann has Helper observed until 2026-11-08 12:00 UTC: what its bounds alone would stop is let through",
      "Helper is enforced again from 2026-11-08 12:00 UTC",
      "Helper is enforced again: its time in observe mode is over",
      "Ann has the bounds of Helper enforced again",
      "Ann recorded that Helper was rehearsed",
      "The bounds of Helper changed",
    ])
  })
})
