import type { AgentKey } from "./keys/key-reference.ts"
import { Refused } from "./refused.ts"

/** A token, and from when on another is to be had in its place. */
export interface BoundToken {
  readonly accessToken: string
  /** The key that it is bound to. */
  readonly key: AgentKey
  /** False only where unbound tokens are accepted: whoever overhears this one can use it. */
  readonly bound: boolean
  readonly expiresAt: Date
  readonly renewAt: Date
}

/** What an issuer answers: the token, and where it gives one what to ask for the next with. */
export interface IssuedToken extends Omit<BoundToken, "key"> {
  readonly refreshToken: string | undefined
}

/** A token is renewed this long before it ends, or at half its life if that is short, so that none ends on its way. */
const RENEW_BEFORE_MS = 30_000

/** How a token may be sent (RFC 9449 §7.1, RFC 6750 §2.1). */
const SCHEMES: readonly string[] = ["dpop", "bearer"]

/**
 * Reads the answer to a request for a token (RFC 6749 §5.1).
 *
 * @throws {Refused} where it holds none whose end and way of use are told
 */
export function readIssuedToken(answer: unknown, now: Date): IssuedToken {
  const members: Readonly<Record<string, unknown>> =
    typeof answer === "object" && answer !== null ? { ...answer } : {}
  const { access_token: accessToken, token_type: type, expires_in: lifetime } = members
  const scheme = typeof type === "string" ? type.toLowerCase() : ""
  if (!SCHEMES.includes(scheme) || typeof accessToken !== "string" || typeof lifetime !== "number") {
    throw new Refused(200, "invalid_response", "The issuer answered something else than a token.")
  }
  const lifetimeMs = lifetime * 1000
  const expiresAt = new Date(now.getTime() + lifetimeMs)
  const { refresh_token: refreshToken } = members
  return {
    accessToken,
    bound: scheme === "dpop",
    expiresAt,
    renewAt: new Date(expiresAt.getTime() - Math.min(RENEW_BEFORE_MS, lifetimeMs / 2)),
    refreshToken: typeof refreshToken === "string" ? refreshToken : undefined,
  }
}
