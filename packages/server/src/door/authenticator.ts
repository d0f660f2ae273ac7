import { checkToken, TokenRefused } from "@tabard/control"
import type { Authenticator } from "../gateway/ports.ts"
import { Unauthorized as Refusal } from "../gateway/ports.ts"
import { replayGuard } from "../oauth/replay-guard.ts"
import { Unauthorized } from "../oauth/unauthorized.ts"
import { verifyBoundToken } from "../oauth/verify-bound-token.ts"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"
import { resourceMetadataUrl } from "./protected-resource.ts"

/** Turns a token, its proof and its standing now into who calls at the gateway. */
export function gatewayAuthenticator(open: OpenOrganisation): Authenticator {
  const { issuer, resource, clock, shelf, publicUrl } = open
  const resourceMetadata = resourceMetadataUrl(resource)
  return {
    authenticate: async (request) => {
      try {
        const claims = await verifyBoundToken({
          authorization: request.headers.get("authorization"),
          dpop: request.headers.get("dpop"),
          method: request.method,
          // The public address, not the one behind a proxy: the client signed what it knows.
          url: publicUrl + new URL(request.url).pathname,
          now: clock.now(),
          jwks: issuer.jwks(),
          issuer: issuer.issuer,
          audience: resource,
          replay: replayGuard(shelf),
          resourceMetadata,
        })
        await checkToken({ snapshot: shelf.snapshot, clock }, claims)
        return claims
      } catch (error) {
        throw asRefusal(error, resourceMetadata)
      }
    },
  }
}

/** A token of an agent that was stopped is an invalid token (RFC 6750 §3.1): the client is to get a new one, and is told why it will not. */
function asRefusal(error: unknown, resourceMetadata: string): unknown {
  const refused =
    error instanceof TokenRefused
      ? new Unauthorized(resourceMetadata, "invalid_token", error.message, { cause: error })
      : error
  if (!(refused instanceof Unauthorized)) return refused
  return new Refusal({
    status: refused.status,
    headers: { ...refused.headers, "content-type": "application/json", "cache-control": "no-store" },
    body: JSON.stringify(refused.body),
  })
}
