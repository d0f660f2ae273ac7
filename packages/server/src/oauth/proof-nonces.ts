/** Nonces of the server's for proofs: https://www.rfc-editor.org/rfc/rfc9449#section-8 */
import { hkdfSync, timingSafeEqual } from "node:crypto"
import type { Clock } from "@tabard/core"

/** A nonce is made for a minute, and good for two minutes before and after it: as the library makes them, too. */
const STEP_SECONDS = 60
const STEPS_EITHER_SIDE = 2

/** Makes nonces and knows them again. They are kept nowhere: a key and the minute make them, on every replica alike. */
export class ProofNonces {
  /** What makes them, for the library, which makes the same. */
  readonly secret: Uint8Array
  readonly #clock: Clock
  #made: { readonly step: number; readonly nonces: readonly string[] } = { step: Number.NaN, nonces: [] }

  /** Of 32 random bytes that every replica has. */
  constructor(secret: Uint8Array, clock: Clock) {
    this.secret = secret
    this.#clock = clock
  }

  /** Answers the nonce that lasts longest. */
  next(): string {
    return this.#around()[STEPS_EITHER_SIDE + 1] ?? ""
  }

  /** Answers whether a nonce is one of ours, and not too old. */
  knows(nonce: string): boolean {
    const given = Buffer.from(nonce)
    return this.#around()
      .map((ours) => given.length === ours.length && timingSafeEqual(given, Buffer.from(ours)))
      .includes(true)
  }

  #around(): readonly string[] {
    const step = Math.floor(this.#clock.now().getTime() / 1000 / STEP_SECONDS)
    if (step === this.#made.step) return this.#made.nonces
    const steps = Array.from({ length: 2 * STEPS_EITHER_SIDE + 1 }, (_, at) => step - STEPS_EITHER_SIDE + at)
    this.#made = { step, nonces: steps.map((one) => this.#of(one)) }
    return this.#made.nonces
  }

  #of(step: number): string {
    const salt = Buffer.alloc(8)
    salt.writeBigUInt64BE(BigInt(step))
    return Buffer.from(hkdfSync("sha256", this.secret, salt, "DPoP", 32)).toString("base64url")
  }
}
