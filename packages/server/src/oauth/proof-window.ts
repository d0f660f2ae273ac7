import { isLosslessNumber, type Json } from "@tabard/core"
import { InvalidProof } from "./self-signed.ts"

/** How far a proof's time may be from ours: minutes, since the clocks of laptops are not the server's (RFC 9449 §11.1). */
export const PROOF_WINDOW_SECONDS = 300

/**
 * Answers until when the proof could be presented again, so that its id is remembered at least as long.
 *
 * @throws {InvalidProof} where `iat` is no number or outside the window
 */
export function withinProofWindow(iat: Json | undefined, now: Date): Date {
  const seconds = isLosslessNumber(iat) ? Number(iat.value) : Number.NaN
  const age = now.getTime() / 1000 - seconds
  if (!(Math.abs(age) <= PROOF_WINDOW_SECONDS)) {
    throw new InvalidProof("Its iat is missing or not recent; is the clock right?")
  }
  return new Date((seconds + PROOF_WINDOW_SECONDS + 1) * 1000)
}
