import { askedDetails } from "./asked-details.ts"
import { assertionFault } from "./client-assertion.ts"
import { grantParameters } from "./grants/grant-parameters.ts"
import { ownGrants } from "./grants/grants.ts"
import { DELIVERY_MODE, ENROLLED_KEYS } from "./instance-client.ts"
import type { IssuerSettings } from "./issuer-settings.ts"
import { oauthAdapter } from "./oauth-adapter.ts"
import { type Configuration, errors, type KoaContextWithOIDC } from "./oidc-provider.ts"
import { agreedDetails, writtenDetails } from "./people/agreed-details.ts"
import { CLIENT_DOCUMENTS, outsideFetch } from "./people/client-document.ts"
import { peopleConfiguration, RESOURCE_SCOPE } from "./people/people-configuration.ts"
import { AGENT_SIGNING_ALGORITHMS } from "./public-key.ts"
import { isServedResource } from "./served-resource.ts"
import { algorithmOf } from "./signing-keys.ts"
import { DETAIL_TYPES } from "./task-details.ts"
import { MAX_LIFETIME_SECONDS } from "./token-lifetime.ts"
import { wantedNonces } from "./wanted-nonces.ts"
import { tokenWriter } from "./write-token.ts"

/**
 * Answers the library's configuration: what programs do for themselves, and what people take part in. What is not needed is
 * off, and what cannot be switched off is not routed to.
 */
export function providerConfiguration(settings: IssuerSettings): Configuration {
  const people = peopleConfiguration(settings)
  return {
    adapter: (kind) => oauthAdapter(settings, kind),
    jwks: { keys: [...new Set([settings.keys.signingTokens(), settings.keys.signing()])] },
    cookies: { keys: settings.cookieKeys },
    ...clientAuthentication(settings),
    ...people,
    fetch: outsideFetch(settings.outside),
    ttl: { ...people.ttl, ClientCredentials: MAX_LIFETIME_SECONDS },
    clientBasedCORS: () => false,
    formats: { customizers: { jwt: tokenWriter(settings) } },
    features: {
      clientIdMetadataDocument: CLIENT_DOCUMENTS,
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: true },
      clientCredentials: { enabled: true },
      dPoP: {
        enabled: true,
        nonceSecret: Buffer.from(settings.nonces.secret),
        requireNonce: () => wantedNonces(settings) !== undefined,
      },
      resourceIndicators: resourceIndicators(settings),
      richAuthorizationRequests: {
        enabled: true,
        types: Object.fromEntries(
          DETAIL_TYPES.map((type) => [type, { validate: (ctx) => void askedDetails(ctx) }]),
        ),
        authorizationDetailsForGrantSource: (ctx) => writtenDetails(askedDetails(ctx)),
        authorizationDetailsForAccessToken: (ctx) => writtenDetails(agreedDetails(ctx)),
        authorizationDetailsForIntrospection: () => undefined,
      },
    },
  }
}

function clientAuthentication({ issuer, clock }: IssuerSettings): Configuration {
  return {
    // Seconds by which an assertion may seem expired or not valid yet: the clocks of laptops are not ours.
    clockTolerance: 15,
    clientDefaults: {
      grant_types: ["client_credentials"],
      response_types: [],
      id_token_signed_response_alg: "ES256",
    },
    enabledJWA: {
      clientAuthSigningAlgValues: AGENT_SIGNING_ALGORITHMS,
      dPoPSigningAlgValues: AGENT_SIGNING_ALGORITHMS,
      idTokenSigningAlgValues: ["ES256"],
    },
    extraClientMetadata: { properties: [ENROLLED_KEYS, DELIVERY_MODE] },
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims, header) => {
      const fault = assertionFault(claims, header, { issuer, now: clock.now() })
      if (fault) throw new errors.InvalidClientAuth(fault)
    },
  }
}

type ResourceIndicators = NonNullable<Configuration["features"]>["resourceIndicators"]

function resourceIndicators({ resource, shelf, keys, grants }: IssuerSettings): ResourceIndicators {
  return {
    enabled: true,
    // Without a resource the library would issue an opaque token for nobody in particular.
    defaultResource: (ctx) => {
      const named = defaultOf(grants, ctx)
      if (named !== undefined) return named
      throw new errors.InvalidTarget(`the request has to name its resource, ${resource}`)
    },
    getResourceServerInfo: async (_ctx, asked) => {
      if (!(await isServedResource({ snapshot: shelf.snapshot, resource }, asked)))
        throw new errors.InvalidTarget(
          `tokens are for ${resource}, or for one server that is registered behind it`,
        )
      return {
        scope: RESOURCE_SCOPE,
        audience: asked,
        accessTokenFormat: "jwt",
        accessTokenTTL: MAX_LIFETIME_SECONDS,
        jwt: { sign: { alg: algorithmOf(keys.signingTokens()), kid: keys.signingTokens().kid } },
      }
    },
  }
}

/** A grant of ours may know by itself what it is for. */
function defaultOf(
  grants: IssuerSettings["grants"],
  { oidc: { params = {} } }: KoaContextWithOIDC,
): string | undefined {
  const grant = ownGrants(grants).find(({ type }) => type === params["grant_type"])
  return grant?.defaultResource?.(grantParameters((name) => params[name]))
}
