/** JSON Web Tokens for client authentication: https://www.rfc-editor.org/rfc/rfc7523#section-3 */

/** What an assertion is held against, beyond signature, expiry and single use, which the library sees to. */
export interface AssertionChecks {
  readonly issuer: string
  readonly now: Date
}

/** The longest that an assertion may be valid; it is also how long its id has to be remembered. */
const MAX_LIFE_SECONDS = 300
/** How far ahead of ours a client's clock may be. */
const SKEW_SECONDS = 60
const MAX_JTI_CHARS = 256
const TYPES: readonly unknown[] = [undefined, "JWT", "client-authentication+jwt"]

/**
 * Answers what is wrong with an assertion, or undefined. The audience is the issuer and nothing beside it: one that
 * another server accepts as well could be replayed here by that server.
 */
export function assertionFault(
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>>,
  { issuer, now }: AssertionChecks,
): string | undefined {
  const { aud, exp, iat, jti } = claims
  const seconds = now.getTime() / 1000
  if (!TYPES.includes(header["typ"])) return "the assertion is a JWT of another type"
  if (aud !== issuer) return `the assertion's audience has to be ${issuer} alone`
  if (typeof exp !== "number" || exp > seconds + MAX_LIFE_SECONDS + SKEW_SECONDS) {
    return `the assertion has to expire within ${MAX_LIFE_SECONDS} seconds`
  }
  if (iat !== undefined && !(typeof iat === "number" && iat <= seconds + SKEW_SECONDS)) {
    return "the assertion was issued in the future"
  }
  if (typeof jti !== "string" || jti.length > MAX_JTI_CHARS) return "the assertion's jti is too long"
  return undefined
}
