/** Authorization server metadata: https://www.rfc-editor.org/rfc/rfc8414 */
import type { TokenSettings } from "@tabard/core"
import { SCOPES_SUPPORTED } from "./asked-effects.ts"
import { introspection } from "./endpoints/introspection.ts"
import { revocation } from "./endpoints/revocation.ts"
import type { Grant } from "./grants/grant.ts"
import { GRANTS } from "./grants/grants.ts"
import { ID_JAG_TOKEN_TYPE } from "./people/issue-id-jag.ts"
import { type PeopleMetadata, peopleMetadata } from "./people/people-metadata.ts"
import { REGISTER } from "./people/people-routes.ts"
import { AGENT_SIGNING_ALGORITHMS } from "./public-key.ts"
import { DETAIL_TYPES } from "./task-details.ts"

/** What a client may know of the authorization server before it asks for anything. */
export interface ServerMetadata extends PeopleMetadata {
  readonly issuer: string
  readonly token_endpoint: string
  readonly jwks_uri: string
  readonly introspection_endpoint: string
  readonly introspection_endpoint_auth_methods_supported: readonly string[]
  readonly introspection_endpoint_auth_signing_alg_values_supported: readonly string[]
  readonly revocation_endpoint: string
  readonly revocation_endpoint_auth_methods_supported: readonly string[]
  readonly revocation_endpoint_auth_signing_alg_values_supported: readonly string[]
  readonly grant_types_supported: readonly string[]
  readonly token_endpoint_auth_methods_supported: readonly string[]
  readonly token_endpoint_auth_signing_alg_values_supported: readonly string[]
  readonly dpop_signing_alg_values_supported: readonly string[]
  readonly authorization_details_types_supported: readonly string[]
  readonly scopes_supported: readonly string[]
}

/** Answers the metadata: what is on, and by omission what is not. */
export function serverMetadata(issuer: string, grants: readonly Grant[] = GRANTS): ServerMetadata {
  return {
    issuer,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    introspection_endpoint: `${issuer}${introspection.path}`,
    introspection_endpoint_auth_methods_supported: ["private_key_jwt"],
    introspection_endpoint_auth_signing_alg_values_supported: AGENT_SIGNING_ALGORITHMS,
    revocation_endpoint: `${issuer}${revocation.path}`,
    revocation_endpoint_auth_methods_supported: ["private_key_jwt", "none"],
    revocation_endpoint_auth_signing_alg_values_supported: AGENT_SIGNING_ALGORITHMS,
    grant_types_supported: grants.map(({ type }) => type),
    ...peopleMetadata(issuer),
    token_endpoint_auth_methods_supported: ["private_key_jwt", "none"],
    token_endpoint_auth_signing_alg_values_supported: AGENT_SIGNING_ALGORITHMS,
    dpop_signing_alg_values_supported: AGENT_SIGNING_ALGORITHMS,
    authorization_details_types_supported: DETAIL_TYPES,
    scopes_supported: SCOPES_SUPPORTED,
  }
}

/** Answers what the metadata says besides where an administrator has settled it: no name of a server is told. */
export function settledMetadata(
  issuer: string,
  { clientRegistration, otherServers }: TokenSettings,
): Readonly<Record<string, unknown>> {
  return {
    ...(clientRegistration !== "off" && { registration_endpoint: issuer + REGISTER }),
    ...(otherServers.length > 0 && {
      identity_chaining_requested_token_types_supported: [ID_JAG_TOKEN_TYPE],
    }),
  }
}

/**
 * What a reader of an OpenID provider's metadata stops without (OpenID Connect Discovery 1.0 §3): how subjects are named,
 * and how the one ID token is signed that there is, of who agreed to a token.
 */
const OPENID_MEMBERS = {
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["ES256"],
}

/**
 * Answers the metadata by the paths at which it is asked for: with the well-known part put first (§3.1), and appended.
 */
export function metadataDocuments(metadata: ServerMetadata): readonly (readonly [string, object])[] {
  const mount = new URL(metadata.issuer).pathname.replace(/\/$/, "")
  return [
    ["/.well-known/oauth-authorization-server", metadata] as const,
    ["/.well-known/openid-configuration", { ...metadata, ...OPENID_MEMBERS }] as const,
  ].flatMap(([name, document]) => [
    [`${name}${mount}`, document] as const,
    [`${mount}${name}`, document] as const,
  ])
}
