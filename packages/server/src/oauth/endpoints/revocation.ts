/** Token revocation: https://www.rfc-editor.org/rfc/rfc7009 */
import { revokeToken } from "@tabard/control"
import { decodeJwt, errors as joseErrors } from "jose"
import { type AccessTokenClaims, InvalidAccessToken, verifyAccessToken } from "../access-token.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { errors } from "../oidc-provider.ts"
import { endSignIn } from "../people/end-sign-in.ts"
import type { ClientEndpoint } from "./client-endpoint.ts"
import { findRefreshToken } from "./refresh-tokens.ts"

/** A client gives a token back; what came from it ends with it. One that is none is no trouble (§2.2). */
export const revocation: ClientEndpoint = {
  path: "/revocation",
  type: "urn:tabard:endpoint:revocation",
  parameters: ["token", "token_type_hint"],
  answer: async ({ parameters, client }, settings) => {
    const token = parameters.one("token")
    if (!token) throw new errors.InvalidRequest("missing required parameter 'token'")
    const refresh = await findRefreshToken(settings, token)
    if (refresh) {
      assertOwn(client.id, refresh.clientId)
      await endSignIn(settings, refresh.grantId, "its client gave back its refresh token")
      return null
    }
    const issued = await issuedHere(settings, token)
    if (!issued) return null
    assertOwn(client.id, issued.clientId)
    await revokeToken({ ...settings, door: "issuer" }, issued.instance, issued.jti)
    return null
  },
}

/** One install may be what several clients have tokens of, so it is the client that counts (§2.1). */
function assertOwn(client: string, issuedTo: string): void {
  if (client !== issuedTo) throw new errors.UnauthorizedClient("This token was issued to another client.")
}

type Issued = Pick<AccessTokenClaims, "instance" | "jti"> & { readonly clientId: string }

/** Answers what a token says that was issued here and is not over. */
async function issuedHere(
  { keys, issuer, clock }: IssuerSettings,
  token: string,
): Promise<Issued | undefined> {
  try {
    const { aud, client_id } = decodeJwt(token)
    const checks = { jwks: keys.published(), issuer, audiences: [String(aud)], now: clock.now() }
    return { ...(await verifyAccessToken(token, checks)), clientId: String(client_id) }
  } catch (error) {
    if (error instanceof InvalidAccessToken || error instanceof joseErrors.JWTInvalid) return undefined
    throw error
  }
}
