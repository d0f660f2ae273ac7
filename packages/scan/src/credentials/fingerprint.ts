import { createHmac } from "node:crypto"
import type { Secret } from "@tabard/core"
import { entropyBits } from "./entropy.ts"

/** A key shorter than this could be found by trying, and every fingerprint with it. */
const KEY_LENGTH = 32
/** Below this a secret could be found from its fingerprint by whoever has the key. */
const GUESSABLE_BITS = 60

/** The keyed hash that stands for a secret, or null for one so easy to guess that its hash would tell it. */
export type Fingerprint = (secret: string) => string | null

/** Answers the function that fingerprints under `key`. Refuses a key that could be guessed. */
export function fingerprintUnder(key: Secret): Fingerprint {
  const bytes = key.reveal()
  if (bytes.length < KEY_LENGTH) {
    throw new RangeError(
      `the fingerprint key is too short: make one of at least ${KEY_LENGTH} random characters`,
    )
  }
  return (secret) => {
    if (entropyBits(secret) < GUESSABLE_BITS) return null
    return createHmac("sha256", bytes).update("tabard.fingerprint/1\n").update(secret).digest("hex")
  }
}
