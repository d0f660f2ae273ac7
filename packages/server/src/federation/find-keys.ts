import { isJsonObject, type JsonObject, type TrustTerms } from "@tabard/core"
import type { TargetRules } from "../notifications/guard-address.ts"
import { fetchDocument, KeysUnavailable } from "./fetch-document.ts"

/** What names a set of keys. */
export type KeysOf = Pick<TrustTerms, "form" | "issuer" | "keys">

/** More keys than any issuer has at once. */
const MOST_KEYS = 100

/**
 * Answers the public keys of an issuer from where its rule says: anew each time.
 *
 * @throws {KeysUnavailable}
 */
export async function findKeys(rules: TargetRules, { issuer, keys }: KeysOf): Promise<readonly JsonObject[]> {
  if (keys.kind === "inline") return keys.keys
  const address = keys.kind === "address" ? keys.url : await discovered(rules, issuer)
  return keysIn(await fetchDocument(rules, address))
}

/** OpenID Connect Discovery 1.0 §4: what the document says of itself has to be the issuer that was asked about (§4.3). */
async function discovered(rules: TargetRules, issuer: string): Promise<string> {
  const found = await fetchDocument(rules, `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`)
  if (found["issuer"] !== issuer)
    throw new KeysUnavailable("Its discovery document is that of another issuer, or spells it otherwise.")
  const address = found["jwks_uri"]
  if (typeof address === "string") return address
  throw new KeysUnavailable("Its discovery document names no keys (jwks_uri).")
}

function keysIn({ keys }: JsonObject): readonly JsonObject[] {
  const objects = Array.isArray(keys) ? keys.filter(isJsonObject) : []
  if (objects.length > 0 && objects.length <= MOST_KEYS) return objects
  throw new KeysUnavailable(`Its keys cannot be had: the document holds none, or more than ${MOST_KEYS}.`)
}
