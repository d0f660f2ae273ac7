import type { PresentedToken, SeenAtDoor } from "@tabard/control"
import { type Authenticator, Unauthorized as Refusal } from "../gateway/ports.ts"
import { authenticateAgent } from "../oauth/authenticate-agent.ts"
import { SettledTokens } from "../oauth/settled-tokens.ts"
import { scopeChallenge, Unauthorized } from "../oauth/unauthorized.ts"
import { VerifiedTokens } from "../oauth/verified-tokens.ts"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"
import { resourceMetadataUrl } from "./protected-resource.ts"

/** Turns a token, its proof and its standing now into who calls at the gateway. */
export function gatewayAuthenticator(
  open: OpenOrganisation,
  addressOf: (request: Request) => string | undefined,
  seen: (address: string | undefined) => SeenAtDoor,
): Authenticator {
  const { issuer, resource, clock, shelf, publicUrl, nonces } = open
  const { standing } = open
  const verified = new VerifiedTokens()
  const settled = new SettledTokens({ snapshot: shelf.snapshot, clock })
  const door = { shelf, clock, server: issuer, standing, verified, settled, nonces }
  // The public address, not the one behind a proxy: the client signed what it knows.
  const askedAt = (request: Request): string => publicUrl + new URL(request.url).pathname
  return {
    askForMore: (request, { jkt }, scope) =>
      scopeChallenge(resourceMetadataUrl(askedAt(request)), { scope, jkt }),
    authenticate: async (request): Promise<PresentedToken> => {
      const url = askedAt(request)
      const resources = [resource, url]
      const resourceMetadata = resourceMetadataUrl(url)
      const deps = { ...door, resources, resourceMetadata }
      const address = addressOf(request)
      try {
        const { agent, instance, task, jti, jkt, audience } = await authenticateAgent(deps, {
          authorization: request.headers.get("authorization"),
          dpop: request.headers.get("dpop"),
          method: request.method,
          address,
          url,
        })
        const { ip, posture } = seen(address)
        const way = { ...(ip !== undefined && { address: ip }), ...(posture && { posture }) }
        return { agent: agent.id, instance: instance.id, task: task?.id ?? null, jti, jkt, audience, ...way }
      } catch (error) {
        throw error instanceof Unauthorized ? asRefusal(error) : error
      }
    },
  }
}

function asRefusal({ status, headers, body }: Unauthorized): Refusal {
  return new Refusal({
    status,
    headers: { ...headers, "content-type": "application/json", "cache-control": "no-store" },
    body: JSON.stringify(body),
  })
}
