import type { PresentedToken } from "@tabard/control"
import { decodeJwt } from "jose"
import { InvalidAccessToken, verifyAccessToken } from "../access-token.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { errors } from "../oidc-provider.ts"

/** The one type of token that is exchanged and answered (RFC 8693 §3). */
export const ACCESS_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:access_token"

/**
 * Answers what an access token of ours says that is handed in at the token endpoint, for whatever resource. Whoever
 * hands it in need not hold its key: who may exchange it is judged where the new one is issued, as is its standing.
 */
export async function readOwnToken(
  { issuer, resource, keys, clock }: IssuerSettings,
  { name, token, type }: { name: string; token: string; type: string | undefined },
): Promise<PresentedToken> {
  if (type !== ACCESS_TOKEN_TYPE)
    throw new errors.InvalidRequest(`${name}_type has to be ${ACCESS_TOKEN_TYPE}`)
  try {
    const audience = audienceOf(token, resource)
    const checks = { jwks: keys.published(), issuer, audiences: [audience], now: clock.now() }
    const { jti, agent, instance, task, jkt } = await verifyAccessToken(token, checks)
    return { jti, agent, instance, task, jkt, audience }
  } catch (error) {
    if (!(error instanceof InvalidAccessToken)) throw error
    throw new errors.InvalidRequest(`the ${name} is not valid here (any more)`)
  }
}

/** A token for one server behind the gateway is ours as well; one for elsewhere is not. */
function audienceOf(token: string, resource: string): string {
  const audience = namedAudience(token)
  if (audience === resource || audience?.startsWith(`${resource}/`)) return audience
  throw new InvalidAccessToken("The token is for another resource.")
}

/** Answers what a token says that it is for, before anybody looked at its signature. */
export function namedAudience(token: string): string | undefined {
  try {
    const { aud } = decodeJwt(token)
    return typeof aud === "string" ? aud : undefined
  } catch {
    return undefined
  }
}
