import { TokenRefused } from "@tabard/control"
import type { JsonObject } from "@tabard/core"
import { decodeJwt, errors } from "jose"
import { InvalidAccessToken } from "../access-token.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { VerifiedTokens } from "../verified-tokens.ts"

/** What is said of a token that is worth nothing (https://www.rfc-editor.org/rfc/rfc7662#section-2.2). */
export const INACTIVE: { readonly active: false } = { active: false }

/**
 * Answers what a token says, if everything that it stands on stands now, and that it is not active otherwise: whatever
 * is wrong with it is no business of whoever found it (§2.2).
 */
export async function introspect(settings: IssuerSettings, token: string): Promise<JsonObject> {
  try {
    const said = decodeJwt<JsonObject>(token)
    const { issuer, clock, standing, keys } = settings
    const claims = await verified.verify(token, {
      jwks: keys.published(),
      issuer,
      // It was issued for what its record says, which is compared there.
      audiences: [String(said["aud"])],
      now: clock.now(),
    })
    await standing.check(claims)
    return { ...said, active: true, token_type: claims.jkt === null ? "Bearer" : "DPoP" }
  } catch (error) {
    if (!REFUSALS.some((refusal) => error instanceof refusal)) throw error
    return INACTIVE
  }
}

/** Each is asked about again and again by whoever it is shown to. */
const verified = new VerifiedTokens()

const REFUSALS = [InvalidAccessToken, TokenRefused, errors.JWTInvalid]
