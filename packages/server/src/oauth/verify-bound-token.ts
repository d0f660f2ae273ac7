import {
  type AccessTokenClaims,
  InvalidAccessToken,
  type TokenChecks,
  verifyAccessToken,
} from "./access-token.ts"
import { verifyDpopProof } from "./dpop-proof.ts"
import type { ProofNonces } from "./proof-nonces.ts"
import type { ReplayGuard } from "./replay-guard.ts"
import { InvalidProof, NonceWanted } from "./self-signed.ts"
import { Unauthorized } from "./unauthorized.ts"
import type { VerifiedTokens } from "./verified-tokens.ts"

/** A request to a door, and what its token and proof are held against. */
export interface BoundRequest extends TokenChecks {
  readonly authorization: string | null | undefined
  readonly dpop: string | null | undefined
  readonly method: string
  /** The public address of this request, as its client knows it. */
  readonly url: string
  readonly replay: ReplayGuard
  /** Where a proof has to repeat a nonce of ours; undefined where it need not. */
  readonly nonces?: ProofNonces | undefined
  /** Which tokens were verified before; each is verified anew without. */
  readonly verified?: VerifiedTokens | undefined
  /** Where the door describes itself (RFC 9728). */
  readonly resourceMetadata: string
}

/**
 * Answers the claims of a token that is ours, for this audience and valid now. One that is bound to a key is presented
 * by its holder, in a request that was not seen before; one that is bound to none says so itself. It says nothing of
 * the agent's standing now: checkToken does.
 *
 * @throws {Unauthorized}
 */
export async function verifyBoundToken(request: BoundRequest): Promise<AccessTokenClaims> {
  const { scheme, accessToken } = presentedToken(request)
  try {
    const claims = request.verified
      ? await request.verified.verify(accessToken, request)
      : await verifyAccessToken(accessToken, request)
    assertScheme(scheme, claims)
    if (claims.jkt !== null) await verifyProof(request, accessToken, claims.jkt)
    return claims
  } catch (error) {
    throw refusal(request.resourceMetadata, error)
  }
}

interface Presented {
  readonly scheme: "dpop" | "bearer"
  readonly accessToken: string
}

function presentedToken({ authorization, dpop, resourceMetadata }: BoundRequest): Presented {
  if (!authorization) {
    throw new Unauthorized(
      resourceMetadata,
      null,
      "This needs an access token of the issuer named in the metadata.",
    )
  }
  const [, name = "", accessToken] = /^(DPoP|Bearer) ([A-Za-z0-9_.~+/-]+=*)$/i.exec(authorization) ?? []
  if (!accessToken) {
    throw new Unauthorized(
      resourceMetadata,
      "invalid_token",
      "The Authorization header is not of the form DPoP TOKEN.",
    )
  }
  const scheme = name.toLowerCase() === "dpop" ? "dpop" : "bearer"
  if (scheme === "dpop" && !dpop)
    throw new Unauthorized(resourceMetadata, "invalid_dpop_proof", "The request has no DPoP header.")
  return { scheme, accessToken }
}

/** A bound token under the scheme Bearer is refused: it would pass as one that needs no proof (RFC 9449 §7.2). */
function assertScheme(scheme: Presented["scheme"], { jkt }: AccessTokenClaims): void {
  if (scheme === "bearer" && jkt !== null)
    throw new InvalidAccessToken("This token is bound to a key: it is presented as DPoP, with a proof.")
  if (scheme === "dpop" && jkt === null)
    throw new InvalidAccessToken("This token is bound to no key: it is presented as Bearer.")
}

function verifyProof(
  { dpop, method, url, now, replay, nonces }: BoundRequest,
  accessToken: string,
  jkt: string,
): Promise<void> {
  if (!dpop) throw new InvalidProof("The request has no DPoP header.")
  return verifyDpopProof(dpop, { request: { method, url, accessToken }, jkt, now, replay, nonces })
}

function refusal(resourceMetadata: string, error: unknown): unknown {
  if (error instanceof InvalidAccessToken) {
    return new Unauthorized(resourceMetadata, "invalid_token", error.message, { cause: error })
  }
  if (error instanceof NonceWanted) {
    const { message, nonce } = error
    return new Unauthorized(resourceMetadata, "use_dpop_nonce", message, { cause: error, nonce })
  }
  if (error instanceof InvalidProof) {
    const words = `The DPoP proof was refused. ${error.message}`
    return new Unauthorized(resourceMetadata, "invalid_dpop_proof", words, { cause: error })
  }
  return error
}
