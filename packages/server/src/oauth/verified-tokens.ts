import { Recent } from "@tabard/core"
import type { JSONWebKeySet } from "jose"
import {
  type AccessTokenClaims,
  CLOCK_TOLERANCE_SECONDS,
  InvalidAccessToken,
  type TokenChecks,
  verifyAccessToken,
} from "./access-token.ts"

/** As many tokens as a replica sees in a few minutes. */
const MOST = 10_000

interface Verified {
  readonly claims: AccessTokenClaims
  readonly issuer: string
  readonly jwks: JSONWebKeySet
}

/**
 * Verifies access tokens, each signature once: a token of which not a letter changed is still signed by whom it was. Its
 * time, its audience and its keys are looked at each time.
 */
export class VerifiedTokens {
  readonly #verified = new Recent<Verified>(MOST)

  /**
   * Answers as verifyAccessToken does.
   *
   * @throws {InvalidAccessToken}
   */
  async verify(token: string, checks: TokenChecks): Promise<AccessTokenClaims> {
    const known = this.#verified.get(token)
    if (known && known.jwks === checks.jwks && known.issuer === checks.issuer) return stillFor(known, checks)
    const claims = await verifyAccessToken(token, checks)
    this.#verified.set(token, { claims, issuer: checks.issuer, jwks: checks.jwks })
    return claims
  }
}

function stillFor({ claims }: Verified, { audiences, now }: TokenChecks): AccessTokenClaims {
  const over = claims.expiresAt.getTime() + CLOCK_TOLERANCE_SECONDS * 1000 <= now.getTime()
  if (over || !audiences.includes(claims.audience))
    throw new InvalidAccessToken("The token is not valid here (any more); ask for a new one.")
  return claims
}
