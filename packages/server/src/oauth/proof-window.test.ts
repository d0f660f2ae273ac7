import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { LosslessNumber } from "@tabard/core"
import { PROOF_WINDOW_SECONDS, withinProofWindow } from "./proof-window.ts"
import { InvalidProof } from "./self-signed.ts"

describe("the window of a proof", () => {
  const now = new Date("2026-11-21T10:00:00Z")
  const at = (offset: number): LosslessNumber => new LosslessNumber(String(now.getTime() / 1000 + offset))

  it("remembers a proof's id for as long as the proof could be presented again", () => {
    for (const offset of [-PROOF_WINDOW_SECONDS, 0, PROOF_WINDOW_SECONDS]) {
      const until = withinProofWindow(at(offset), now)
      const lastMoment = new Date(now.getTime() + (offset + PROOF_WINDOW_SECONDS) * 1000)
      assert.ok(until > lastMoment, String(offset))
      assert.doesNotThrow(() => withinProofWindow(at(offset), lastMoment))
      assert.throws(() => withinProofWindow(at(offset), new Date(until.getTime() + 1)), InvalidProof)
    }
  })

  it("refuses a time that is missing, no number, or too far from ours", () => {
    for (const iat of [undefined, null, "now", at(-301), at(301), new LosslessNumber("1e400")]) {
      assert.throws(() => withinProofWindow(iat, now), InvalidProof)
    }
  })
})
