import { type Instance, liveKeysOf } from "@tabard/core"
import { CLIENT_ENDPOINTS, endpointTypesFor } from "./endpoints/client-endpoint.ts"
import type { Grant } from "./grants/grant.ts"
import type { ClientMetadata } from "./oidc-provider.ts"
import { asJoseKey } from "./public-key.ts"
import { DETAIL_TYPES } from "./task-details.ts"

/** The member of a client's metadata that names the keys it enrolled, the newest first. */
export const ENROLLED_KEYS = "tabard_enrolled_keys"

/** How whoever asks people hears of their answer: the library takes no client for that grant that does not say so. */
export const DELIVERY_MODE = "backchannel_token_delivery_mode"

/** Answers the key that a client enrolled and that a request proves; null where it proves another, or the client has none. */
export function provenEnrolledKey(
  client: Readonly<Record<string, unknown>>,
  jkt: string | null | undefined,
): string | null {
  const keys = client[ENROLLED_KEYS]
  return typeof jkt === "string" && Array.isArray(keys) && keys.includes(jkt) ? jkt : null
}

/** Answers the newest key that a client enrolled; null where it has none. */
export function newestEnrolledKey(client: Readonly<Record<string, unknown>>): string | null {
  const keys: unknown = client[ENROLLED_KEYS]
  const [newest]: unknown[] = Array.isArray(keys) ? keys : []
  return typeof newest === "string" ? newest : null
}

/**
 * Answers an enrolled instance as the OAuth client that it is: it proves itself by its key alone, gets tokens for
 * itself alone, bound to that key unless its tier may do without. While it rotates, there are two. A workload of a trust
 * rule has no key here: it is a public client, which gives its tokens back and no more.
 */
export function clientOf(
  instance: Instance,
  { grants, now }: { grants: readonly Grant[]; now: Date },
): ClientMetadata | undefined {
  const keys = liveKeysOf(instance, now)
  if (keys.length === 0) return workloadClientOf(instance)
  return {
    client_id: instance.id,
    grant_types: [...grants.filter(({ forInstances }) => forInstances), ...CLIENT_ENDPOINTS].map(
      ({ type }) => type,
    ),
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: "private_key_jwt",
    // An Ed25519 key signs under two names (RFC 9864); its type already rules out every other algorithm.
    ...(keys.every(({ jwk }) => jwk.kty === "EC") && { token_endpoint_auth_signing_alg: "ES256" as const }),
    // Whether it may do without is for its tier to say, where the token is issued.
    dpop_bound_access_tokens: false,
    authorization_details_types: [...DETAIL_TYPES],
    jwks: { keys: keys.map(({ jwk }) => asJoseKey(jwk)) },
    [DELIVERY_MODE]: "poll",
    [ENROLLED_KEYS]: keys.map(({ thumbprint }) => thumbprint),
  }
}

function workloadClientOf({ id, kind, revokedAt }: Instance): ClientMetadata | undefined {
  if (kind !== "federated" || revokedAt) return undefined
  return {
    client_id: id,
    grant_types: [...endpointTypesFor("none")],
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: "none",
  }
}
