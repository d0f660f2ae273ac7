import { accessTokenPayload } from "./access-token-payload.ts"
import { libraryGrant } from "./grants/grants.ts"
import { issueAccessToken } from "./issue-access-token.ts"
import type { IssuerSettings } from "./issuer-settings.ts"
import { UsedTwice } from "./model-adapter.ts"
import { errors, type JwtCustomizer } from "./oidc-provider.ts"
import { endSignIn, USED_TWICE } from "./people/end-sign-in.ts"
import { singleUses } from "./single-use.ts"
import { writesOf } from "./written-along.ts"

/** Issues what the grant of a request asks for in the moment before the library signs, and writes what was issued. */
export function tokenWriter(settings: IssuerSettings): JwtCustomizer {
  return async (ctx, token, jwt) => {
    const grant = libraryGrant(settings.grants, ctx.oidc.params?.["grant_type"])
    if (!grant) throw new errors.UnsupportedGrantType()
    const asked = await grant.asked(ctx, token, settings)
    const jti = String(jwt.payload["jti"])
    const uses = { once: singleUses(ctx), along: writesOf(ctx), seen: settings.seenOf(ctx.req) }
    const grantId = "grantId" in token ? token.grantId : undefined
    const issued = await issueAccessToken(settings, { jti, asked, ...uses }).catch(
      endingReplays(settings, grantId),
    )
    const payload = accessTokenPayload({ issuer: settings.issuer, jti, asked, issued })
    jwt.payload = payload
    // What the library answers as `expires_in`: it may be less than it reckoned with.
    Object.assign(token, { expiresIn: (issued.expiresAt.getTime() - issued.issuedAt.getTime()) / 1000 })
  }
}

/** Of many who bring one refresh token at once, one is first; whoever comes after tells that somebody has a copy. */
function endingReplays(
  settings: IssuerSettings,
  grantId: string | undefined,
): (error: unknown) => Promise<never> {
  return async (error) => {
    if (error instanceof UsedTwice && grantId !== undefined) await endSignIn(settings, grantId, USED_TWICE)
    throw error
  }
}
