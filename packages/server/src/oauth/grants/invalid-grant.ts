import { errors } from "../oidc-provider.ts"

/** A refusal of an assertion that says why, in the characters that RFC 6749 §5.2 allows: the library's own says nothing. */
export function invalidGrant(said: string): Error {
  return new errors.CustomOIDCProviderError(
    "invalid_grant",
    said.replaceAll(/[^\x20\x21\x23-\x5B\x5D-\x7E]/g, "'"),
  )
}
