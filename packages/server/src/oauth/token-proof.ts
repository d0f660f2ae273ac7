/** The proof of a token request: https://www.rfc-editor.org/rfc/rfc9449#section-5 */
import type { SingleUse } from "@tabard/control"
import { assertNonce, assertSameRequest, proofId } from "./dpop-proof.ts"
import { errors } from "./oidc-provider.ts"
import type { ProofNonces } from "./proof-nonces.ts"
import { withinProofWindow } from "./proof-window.ts"
import { replayKey } from "./replay-guard.ts"
import { InvalidProof, NonceWanted, verifySelfSigned } from "./self-signed.ts"

/** A key whose possession was shown, and the id of the proof, which is still to be taken. */
export interface ProvenKey {
  readonly jkt: string
  readonly use: SingleUse
}

/** The same refusal in the words of OAuth, with the nonce that its answer has to bring along. */
export class WantedAtTokenEndpoint extends errors.UseDpopNonce {
  readonly nonce: string

  constructor(wanted: NonceWanted) {
    super(wanted.message, { cause: wanted })
    this.nonce = wanted.nonce
  }
}

/**
 * Answers whose key signed for this request for a token, to which no key is bound yet: which key it has to be is for
 * the grant to say.
 *
 * @throws {errors.InvalidDpopProof}
 */
export async function verifyTokenProof(
  proof: string,
  {
    url,
    now,
    nonces,
  }: { readonly url: string; readonly now: Date; readonly nonces: ProofNonces | undefined },
): Promise<ProvenKey> {
  try {
    const { payload, thumbprint } = await verifySelfSigned(proof, "dpop+jwt")
    assertSameRequest(payload, { method: "POST", url })
    if (nonces) assertNonce(payload, nonces)
    const expiresAt = withinProofWindow(payload["iat"], now)
    const key = replayKey(thumbprint, proofId(payload))
    return { jkt: thumbprint, use: { namespace: "dpop", key, expiresAt } }
  } catch (error) {
    if (error instanceof NonceWanted) throw new WantedAtTokenEndpoint(error)
    if (!(error instanceof InvalidProof)) throw error
    throw new errors.InvalidDpopProof(`The DPoP proof was refused. ${error.message}`, { cause: error })
  }
}
