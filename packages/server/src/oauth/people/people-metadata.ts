import { EFFECT_CLASSES } from "@tabard/core"
import { AUTHORIZE, BACKCHANNEL, DEVICE, PUSH } from "./people-routes.ts"

/** What a client of people may know before it asks: RFC 8414 §2, 7636, 9126 §5, 9207 §3, CIBA §4. */
export interface PeopleMetadata {
  readonly authorization_endpoint: string
  readonly pushed_authorization_request_endpoint: string
  readonly device_authorization_endpoint: string
  readonly backchannel_authentication_endpoint: string
  readonly backchannel_token_delivery_modes_supported: readonly string[]
  readonly backchannel_user_code_parameter_supported: false
  readonly response_types_supported: readonly string[]
  readonly response_modes_supported: readonly string[]
  readonly code_challenge_methods_supported: readonly string[]
  readonly authorization_response_iss_parameter_supported: true
  readonly client_id_metadata_document_supported: true
  /** How an assertion is read that a client brings as a grant; whose are believed is not told. */
  readonly authorization_grant_profiles_supported: readonly string[]
  readonly scopes_supported: readonly string[]
}

/** Answers the metadata of what people take part in. */
export function peopleMetadata(issuer: string): PeopleMetadata {
  return {
    authorization_endpoint: issuer + AUTHORIZE,
    pushed_authorization_request_endpoint: issuer + PUSH,
    device_authorization_endpoint: issuer + DEVICE,
    backchannel_authentication_endpoint: issuer + BACKCHANNEL,
    backchannel_token_delivery_modes_supported: ["poll"],
    backchannel_user_code_parameter_supported: false,
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
    client_id_metadata_document_supported: true,
    authorization_grant_profiles_supported: ["urn:ietf:params:oauth:grant-profile:id-jag"],
    scopes_supported: EFFECT_CLASSES,
  }
}
