import { newestEnrolledKey, provenEnrolledKey } from "../instance-client.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { errors, type KoaContextWithOIDC, type OidcProvider } from "../oidc-provider.ts"
import { singleUses } from "../single-use.ts"
import { verifyTokenProof, WantedAtTokenEndpoint } from "../token-proof.ts"
import { wantedNonces } from "../wanted-nonces.ts"
import { answerGrant } from "./answer-grant.ts"
import type { GrantClient, OwnGrant } from "./grant.ts"
import { grantParameters } from "./grant-parameters.ts"
import { ownGrants } from "./grants.ts"

/** Has the library hand requests of our own grants over, once it knows which client makes them. */
export function registerOwnGrants(provider: OidcProvider, settings: IssuerSettings): void {
  for (const grant of ownGrants(settings.grants)) {
    const { type, parameters, repeatable = [] } = grant
    provider.registerGrantType(
      type,
      async (ctx) => {
        ctx.body = await answered(settings, grant, ctx)
      },
      [...parameters, "scope", "resource", "authorization_details"],
      [...repeatable, "resource"],
    )
  }
}

async function answered(
  settings: IssuerSettings,
  grant: OwnGrant,
  ctx: KoaContextWithOIDC,
): Promise<Readonly<Record<string, unknown>>> {
  const proof = ctx.get("dpop")
  const now = settings.clock.now()
  const checks = { url: `${settings.issuer}/token`, now, nonces: wantedNonces(settings) }
  const proven = proof ? await verifyTokenProof(proof, checks).catch(withNonce(ctx)) : null
  return answerGrant(settings, grant, {
    parameters: grantParameters((name) => ctx.oidc.params?.[name]),
    client: clientOf(ctx, proven && proven.jkt),
    jkt: proven && proven.jkt,
    seen: settings.seenOf(ctx.req),
    // What is not asked for here is taken before the answer leaves.
    once: () => [...singleUses(ctx), ...(proven ? [proven.use] : [])],
  })
}

/** A refusal that wants a nonce tells it (RFC 9449 §8). */
function withNonce(ctx: KoaContextWithOIDC): (error: unknown) => never {
  return (error) => {
    if (error instanceof WantedAtTokenEndpoint) ctx.set("dpop-nonce", error.nonce)
    throw error
  }
}

/** Answers the client that the library has proven. */
export function clientOf({ oidc: { client } }: KoaContextWithOIDC, jkt: string | null): GrantClient {
  if (!client) throw new errors.InvalidClientAuth("no client")
  return { id: client.clientId, enrolledKey: provenEnrolledKey(client, jkt) ?? newestEnrolledKey(client) }
}
