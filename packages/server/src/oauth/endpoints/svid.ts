/** JWT-SVIDs: https://github.com/spiffe/spiffe/blob/main/standards/JWT-SVID.md */
import { spiffeId } from "@tabard/control"
import { isId, newHandle } from "@tabard/core"
import { SignJWT } from "jose"
import { issueAccessToken } from "../issue-access-token.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { errors } from "../oidc-provider.ts"
import { signingKeyObject } from "../sign-access-token.ts"
import type { ClientEndpoint } from "./client-endpoint.ts"

const MAX_AUDIENCE_CHARS = 512
/** Five minutes, whatever tokens of ours may live: nothing of ours can end it sooner elsewhere. */
const LIFETIME_SECONDS = 300

/**
 * Gives an install a JWT-SVID of its agent for one audience outside. Whoever overhears it can use it there, so it is
 * judged and recorded as a token that is bound to no key: its agent's tier has to be one that may have such.
 */
export const svid: ClientEndpoint = {
  path: "/svid",
  type: "urn:tabard:endpoint:svid",
  parameters: ["audience"],
  answer: async ({ parameters, client, seen }, settings) => {
    const audience = outsideAudience(parameters.one("audience"), settings)
    if (!isId("instance", client.id))
      throw new errors.UnauthorizedClient("only an agent's install has a SPIFFE ID")
    const { claims, issuedAt, expiresAt } = await issueAccessToken(settings, {
      jti: newHandle(),
      once: [],
      seen,
      asked: {
        instance: client.id,
        task: null,
        audience,
        jkt: null,
        grant: "client_credentials",
        lifetimeSeconds: LIFETIME_SECONDS,
        onward: true,
      },
    })
    const sub = spiffeId(settings.organisation.trustDomain, claims.agent)
    const key = settings.keys.signing()
    const token = await new SignJWT({ sub, aud: [audience], iat: seconds(issuedAt), exp: seconds(expiresAt) })
      .setProtectedHeader({ alg: "ES256", kid: key.kid, typ: "JWT" })
      .sign(await signingKeyObject(key))
    return { svid: token, spiffe_id: sub, expires_in: seconds(expiresAt) - seconds(issuedAt) }
  },
}

/** What our own door takes is bound to a key, and comes from the token endpoint. */
function outsideAudience(audience: string | undefined, { resource, issuer }: IssuerSettings): string {
  if (!audience) throw new errors.InvalidRequest("missing required parameter 'audience'")
  const isOurs = [resource, issuer].some((ours) => audience === ours || audience.startsWith(`${ours}/`))
  if (isOurs || audience.length > MAX_AUDIENCE_CHARS)
    throw new errors.InvalidTarget("a JWT-SVID is for one other system, by a name of at most 512 characters")
  return audience
}

function seconds(date: Date): number {
  return date.getTime() / 1000
}
