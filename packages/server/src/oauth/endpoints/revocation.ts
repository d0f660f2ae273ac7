/** Token revocation: https://www.rfc-editor.org/rfc/rfc7009 */
import { revokeToken } from "@tabard/control"
import { isId, Problem } from "@tabard/core"
import { decodeJwt, errors as joseErrors } from "jose"
import { InvalidAccessToken, verifyAccessToken } from "../access-token.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { errors } from "../oidc-provider.ts"
import type { ClientEndpoint } from "./client-endpoint.ts"

/** A client gives a token back; what came from it ends with it. One that is none is no trouble (§2.2). */
export const revocation: ClientEndpoint = {
  path: "/revocation",
  type: "urn:tabard:endpoint:revocation",
  parameters: ["token", "token_type_hint"],
  answer: async ({ parameters, client }, settings) => {
    const token = parameters.one("token")
    if (!token) throw new errors.InvalidRequest("missing required parameter 'token'")
    const jti = await issuedJti(settings, token)
    if (jti === undefined || !isId("instance", client.id)) return null
    const deps = { ...settings, door: "issuer" } as const
    await revokeToken(deps, client.id, jti).catch((error: unknown) => {
      const others = error instanceof Problem && error.code === "not_allowed"
      throw others ? new errors.UnauthorizedClient(error.message) : error
    })
    return null
  },
}

/** Answers the id of a token that was issued here and is not over. */
async function issuedJti(
  { keys, issuer, clock }: IssuerSettings,
  token: string,
): Promise<string | undefined> {
  try {
    const { aud } = decodeJwt(token)
    const checks = { jwks: keys.published(), issuer, audiences: [String(aud)], now: clock.now() }
    return (await verifyAccessToken(token, checks)).jti
  } catch (error) {
    if (error instanceof InvalidAccessToken || error instanceof joseErrors.JWTInvalid) return undefined
    throw error
  }
}
