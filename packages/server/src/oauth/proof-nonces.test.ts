import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { describe, it } from "node:test"
import { ManualClock } from "@tabard/core"
import { ProofNonces } from "./proof-nonces.ts"

describe("nonces for proofs", () => {
  const secret = randomBytes(32)
  const clock = new ManualClock("2026-11-01T12:00:00.000Z")

  it("RFC9449 §8: are known again on every replica, for minutes and no longer", () => {
    const [here, there] = [new ProofNonces(secret, clock), new ProofNonces(secret, clock)]
    const nonce = here.next()
    assert.ok(there.knows(nonce))
    clock.advance(2 * 60_000)
    assert.ok(there.knows(nonce))
    clock.advance(2 * 60_000)
    assert.ok(!there.knows(nonce))
    assert.notEqual(here.next(), nonce)
  })

  it("RFC9449 §8: are made by nobody else", () => {
    const nonces = new ProofNonces(secret, clock)
    assert.ok(!nonces.knows(new ProofNonces(randomBytes(32), clock).next()))
    for (const guess of ["", "guess", "a".repeat(43)]) assert.ok(!nonces.knows(guess))
  })
})
