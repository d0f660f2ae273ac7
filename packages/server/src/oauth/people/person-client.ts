import { isLoopback } from "@tabard/control"
import type { Client } from "@tabard/core"
import { endpointTypesFor } from "../endpoints/client-endpoint.ts"
import type { ClientMetadata } from "../oidc-provider.ts"
import { asJoseKey } from "../public-key.ts"
import { TASK_DETAIL } from "../task-details.ts"

/** The grants by which a client of people's asks. */
export const PERSON_GRANTS = ["authorization_code", "refresh_token"] as const

/** By which a client that proves itself brings the provider's word for a person, and gets this issuer's for another server. */
const ASSERTION_GRANTS = [
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
  "urn:ietf:params:oauth:grant-type:token-exchange",
]

/**
 * Answers a registered client as the library knows clients. Where it listens on the person's own machine the port is its
 * own to choose (RFC 8252 §7.3); every other address holds to the letter.
 */
export function personClient({ id, name, redirectUris, keys }: Client): ClientMetadata {
  const isNative = redirectUris.some((uri) => !uri.startsWith("https:") || isLoopback(uri))
  const authentication = keys.length > 0 ? "private_key_jwt" : "none"
  return {
    client_id: id,
    client_name: name,
    application_type: isNative ? "native" : "web",
    redirect_uris: [...redirectUris],
    grant_types: [
      ...PERSON_GRANTS,
      ...(keys.length > 0 ? ASSERTION_GRANTS : []),
      ...endpointTypesFor(authentication),
    ],
    response_types: ["code"],
    token_endpoint_auth_method: authentication,
    ...(keys.length > 0 && { jwks: { keys: keys.map(asJoseKey) } }),
    authorization_details_types: [TASK_DETAIL],
  }
}
