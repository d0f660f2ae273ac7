import {
  type AccessTokenClaims,
  InvalidAccessToken,
  type TokenChecks,
  verifyAccessToken,
} from "./access-token.ts"
import { verifyDpopProof } from "./dpop-proof.ts"
import type { ReplayGuard } from "./replay-guard.ts"
import { InvalidProof } from "./self-signed.ts"
import { Unauthorized } from "./unauthorized.ts"

/** A request to a door, and what its token and proof are held against. */
export interface BoundRequest extends TokenChecks {
  readonly authorization: string | null | undefined
  readonly dpop: string | null | undefined
  readonly method: string
  /** The public address of this request, as its client knows it. */
  readonly url: string
  readonly replay: ReplayGuard
  /** Where the door describes itself (RFC 9728). */
  readonly resourceMetadata: string
}

/**
 * Answers the claims of a token that is ours, for this audience, valid now, and presented by the holder of the key it
 * is bound to, in a request that was not seen before. It says nothing of the agent's standing now: checkToken does.
 *
 * @throws {Unauthorized}
 */
export async function verifyBoundToken(request: BoundRequest): Promise<AccessTokenClaims> {
  const { resourceMetadata, method, url, now, replay } = request
  const accessToken = presentedToken(request)
  if (!request.dpop) {
    throw new Unauthorized(resourceMetadata, "invalid_dpop_proof", "The request has no DPoP header.")
  }
  try {
    const claims = await verifyAccessToken(accessToken, request)
    const proven = { method, url, accessToken }
    await verifyDpopProof(request.dpop, { request: proven, jkt: claims.jkt, now, replay })
    return claims
  } catch (error) {
    throw refusal(resourceMetadata, error)
  }
}

/** A bound token under the scheme Bearer is refused: it would pass as one that needs no proof (RFC 9449 §7.2). */
function presentedToken({ authorization, resourceMetadata }: BoundRequest): string {
  if (!authorization) {
    throw new Unauthorized(
      resourceMetadata,
      null,
      "This needs an access token of the issuer named in the metadata.",
    )
  }
  const [, token] = /^DPoP ([A-Za-z0-9_.~+/-]+=*)$/i.exec(authorization) ?? []
  if (!token) {
    throw new Unauthorized(
      resourceMetadata,
      "invalid_token",
      "The Authorization header is not of the form DPoP TOKEN.",
    )
  }
  return token
}

function refusal(resourceMetadata: string, error: unknown): unknown {
  if (error instanceof InvalidAccessToken) {
    return new Unauthorized(resourceMetadata, "invalid_token", error.message, { cause: error })
  }
  if (error instanceof InvalidProof) {
    return new Unauthorized(
      resourceMetadata,
      "invalid_dpop_proof",
      `The DPoP proof was refused. ${error.message}`,
      {
        cause: error,
      },
    )
  }
  return error
}
