import type { Instance } from "@tabard/core"
import { CLIENT_ENDPOINTS } from "./endpoints/client-endpoint.ts"
import type { Grant } from "./grants/grant.ts"
import type { ClientMetadata } from "./oidc-provider.ts"
import { asJoseKey } from "./public-key.ts"
import { TASK_DETAIL } from "./task-details.ts"

/** The member of a client's metadata that names the key it enrolled. */
export const ENROLLED_KEY = "tabard_enrolled_key"

/**
 * Answers an enrolled instance as the OAuth client that it is: it proves itself by its key alone, gets tokens for
 * itself alone, and every token is bound to that key. One without a key is no such client.
 */
export function clientOf(
  { id, jwk, thumbprint }: Instance,
  grants: readonly Grant[],
): ClientMetadata | undefined {
  if (!jwk) return undefined
  return {
    client_id: id,
    grant_types: [...grants.filter(({ forInstances }) => forInstances), ...CLIENT_ENDPOINTS].map(
      ({ type }) => type,
    ),
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: "private_key_jwt",
    // An Ed25519 key signs under two names (RFC 9864); its type already rules out every other algorithm.
    ...(jwk.kty === "EC" && { token_endpoint_auth_signing_alg: "ES256" as const }),
    dpop_bound_access_tokens: true,
    authorization_details_types: [TASK_DETAIL],
    jwks: { keys: [asJoseKey(jwk)] },
    [ENROLLED_KEY]: thumbprint,
  }
}
