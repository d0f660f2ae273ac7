/** Demonstrating proof of possession: https://www.rfc-editor.org/rfc/rfc9449#section-4.3 */
import { hash } from "node:crypto"
import type { JsonObject } from "@tabard/core"
import type { ProofNonces } from "./proof-nonces.ts"
import { withinProofWindow } from "./proof-window.ts"
import { type ReplayGuard, replayKey } from "./replay-guard.ts"
import { InvalidProof, NonceWanted, verifySelfSigned } from "./self-signed.ts"

/** The request that a proof has to be for. */
export interface ProvenRequest {
  readonly method: string
  /** As the client addressed it; its query and fragment do not count. */
  readonly url: string
  readonly accessToken: string
}

/** What a proof is held against. */
export interface DpopChecks {
  readonly request: ProvenRequest
  /** The thumbprint that the access token is bound to. */
  readonly jkt: string
  readonly now: Date
  readonly replay: ReplayGuard
  /** Where a proof has to repeat a nonce of ours; undefined where it need not. */
  readonly nonces?: ProofNonces | undefined
}

const MAX_JTI_CHARS = 256

/**
 * Verifies that whoever sent this request holds the key that its token is bound to, and says so for the first time.
 * The id is taken last: only a proof that is right in everything else costs a row.
 *
 * @throws {InvalidProof}
 */
export async function verifyDpopProof(
  proof: string,
  { request, jkt, now, replay, nonces }: DpopChecks,
): Promise<void> {
  const { payload, thumbprint } = await verifySelfSigned(proof, "dpop+jwt")
  if (thumbprint !== jkt) throw new InvalidProof("It is signed by another key than the token is bound to.")
  assertSameRequest(payload, request)
  if (nonces) assertNonce(payload, nonces)
  const rememberUntil = withinProofWindow(payload["iat"], now)
  if (!(await replay.take("dpop", replayKey(jkt, proofId(payload)), rememberUntil))) {
    throw new InvalidProof("It was used before; each request needs a proof of its own.")
  }
}

/** Holds a proof's claims against the request: one that is for another address, method or token proves nothing here. */
export function assertSameRequest(
  { htm, htu, ath }: JsonObject,
  { method, url, accessToken }: Omit<ProvenRequest, "accessToken"> & { readonly accessToken?: string },
): void {
  if (htm !== method) throw new InvalidProof("Its htm is not the method of this request.")
  // Most spell it as we do.
  const isSame =
    typeof htu === "string" && (htu === url || (URL.canParse(htu) && addressOf(htu) === addressOf(url)))
  if (!isSame) {
    throw new InvalidProof("Its htu is not the address of this request.")
  }
  if (accessToken === undefined) return
  if (ath !== hash("sha256", accessToken, "base64url")) {
    throw new InvalidProof("Its ath is not the hash of this token.")
  }
}

/**
 * Wants a nonce that we told, lately: a proof that was made beforehand has none.
 *
 * @throws {NonceWanted}
 */
export function assertNonce({ nonce }: JsonObject, nonces: ProofNonces): void {
  if (typeof nonce !== "string" || !nonces.knows(nonce)) throw new NonceWanted(nonces.next())
}

/** Answers the id by which a proof is told apart from every other of its key. */
export function proofId({ jti }: JsonObject): string {
  if (typeof jti !== "string" || !jti || jti.length > MAX_JTI_CHARS)
    throw new InvalidProof("Its jti is missing.")
  return jti
}

function addressOf(text: string): string {
  const url = new URL(text)
  url.search = ""
  url.hash = ""
  return url.href
}
