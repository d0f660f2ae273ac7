import { Problem } from "@tabard/core"
import { withinProofWindow } from "./proof-window.ts"
import type { ThumbprintedKey } from "./public-key.ts"
import { InvalidProof, verifySelfSigned } from "./self-signed.ts"

/** What an enrolment's proof is held against. */
export interface EnrolmentChecks {
  /** The code that came beside the proof. */
  readonly code: string
  /** This server's own origin. */
  readonly origin: string
  readonly now: Date
}

/**
 * Answers the key that the signer of an enrolment holds. The signature covers code, server and time, so that a proof
 * made for one server enrols nothing at another, and nobody enrols a key that they have only seen.
 *
 * @throws {Problem} enrolment_invalid
 */
export async function verifyEnrolmentProof(
  proof: string,
  { code, origin, now }: EnrolmentChecks,
): Promise<ThumbprintedKey> {
  try {
    const { payload, jwk, thumbprint } = await verifySelfSigned(proof, "tabard-enrolment+jwt")
    if (payload["code"] !== code) throw new InvalidProof("It is for another code.")
    if (payload["aud"] !== origin) throw new InvalidProof(`It is not addressed to ${origin}.`)
    withinProofWindow(payload["iat"], now)
    return { jwk, thumbprint }
  } catch (error) {
    if (!(error instanceof InvalidProof)) throw error
    throw new Problem("enrolment_invalid", `The proof of the key cannot be accepted. ${error.message}`, {
      cause: error,
    })
  }
}
