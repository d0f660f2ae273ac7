import { errors } from "../oidc-provider.ts"

/** A refusal of an assertion that says why: the library's own says nothing. */
export function invalidGrant(said: string, options?: ErrorOptions): Error {
  const refusal = new errors.CustomOIDCProviderError("invalid_grant", describable(said))
  return Object.assign(refusal, options)
}

/** The same of an assertion that was to prove who the client is. */
export function invalidClient(said: string): Error {
  const refusal = new errors.CustomOIDCProviderError("invalid_client", describable(said))
  return Object.assign(refusal, { status: 401, statusCode: 401 })
}

/** In the characters that RFC 6749 §5.2 allows. */
function describable(said: string): string {
  return said.replaceAll(/[^\x20\x21\x23-\x5B\x5D-\x7E]/g, "'")
}
