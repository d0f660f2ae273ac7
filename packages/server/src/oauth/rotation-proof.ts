import { Problem } from "@tabard/core"
import { withinProofWindow } from "./proof-window.ts"
import type { ThumbprintedKey } from "./public-key.ts"
import { InvalidProof, type SelfSigned, verifySelfSigned } from "./self-signed.ts"

/** What the proof of a rotation is held against. */
export interface RotationChecks {
  /** The install that is named beside the proof. */
  readonly instance: string
  /** This server's own origin. */
  readonly origin: string
  readonly now: Date
}

/** Two keys whose possession was proven. */
export interface ProvenRotation {
  readonly from: ThumbprintedKey
  readonly to: ThumbprintedKey
}

/**
 * Answers the keys that the signers of a rotation hold: the present key has signed over a statement that the next one has
 * signed. Both name install, server and time, so that neither half can be put to another.
 *
 * @throws {Problem} enrolment_invalid
 */
export async function verifyRotationProof(proof: string, checks: RotationChecks): Promise<ProvenRotation> {
  try {
    const from = await verifySelfSigned(proof, "tabard-rotation+jwt")
    assertMeans(from, checks)
    const inner = from.payload["next"]
    if (typeof inner !== "string") throw new InvalidProof("It holds no statement of the next key.")
    const to = await verifySelfSigned(inner, "tabard-rotation-key+jwt")
    assertMeans(to, checks)
    if (from.thumbprint === to.thumbprint) throw new InvalidProof("Both keys are one.")
    return { from: keyOf(from), to: keyOf(to) }
  } catch (error) {
    if (!(error instanceof InvalidProof)) throw error
    throw new Problem("enrolment_invalid", `The proof of the keys cannot be accepted. ${error.message}`, {
      cause: error,
    })
  }
}

function assertMeans({ payload }: SelfSigned, { instance, origin, now }: RotationChecks): void {
  if (payload["instance"] !== instance) throw new InvalidProof("It is for another instance.")
  if (payload["aud"] !== origin) throw new InvalidProof(`It is not addressed to ${origin}.`)
  withinProofWindow(payload["iat"], now)
}

function keyOf({ jwk, thumbprint }: SelfSigned): ThumbprintedKey {
  return { jwk, thumbprint }
}
