/** JSON Web Key: https://www.rfc-editor.org/rfc/rfc7517#section-4 */
import { claimName, showsSecret } from "@tabard/control"
import type { Json, JsonObject, TrustForm } from "@tabard/core"

/** The one key that a token's header means, or why there is none. */
export type ChosenKey = { readonly key: JsonObject } | { readonly said: string; readonly unknown: boolean }

const KEY_TYPES: readonly (readonly [RegExp, string])[] = [
  [/^(RS|PS)\d{3}$/, "RSA"],
  [/^ES\d{3}$/, "EC"],
  [/^(EdDSA|Ed25519)$/, "OKP"],
]

/**
 * Answers the key of a set that a header means. Two of one id are none: which of them an attacker added is not for us to
 * guess. A key that is for something else than signatures, or for another algorithm, verifies nothing.
 */
export function chooseKey(keys: readonly JsonObject[], { alg, kid }: JsonObject, form: TrustForm): ChosenKey {
  // A SPIFFE bundle holds keys of certificates besides, which must not verify tokens.
  const ours = form === "spiffe" ? keys.filter(({ use }) => use === "jwt-svid") : keys
  const named = kid === undefined ? ours : ours.filter((key) => key["kid"] === kid)
  const [key, ...others] = named
  const name = typeof kid === "string" ? claimName([kid]) : "without an id"
  if (!key) return { said: `The issuer has no key ${name}.`, unknown: true }
  if (others.length > 0) return { said: `The issuer has more than one key ${name}.`, unknown: false }
  const misfit = MISFITS.find(([isSo]) => isSo(key, typeof alg === "string" ? alg : "", form))
  return misfit ? { said: `The issuer's key ${name} ${misfit[1]}.`, unknown: false } : { key: verifying(key) }
}

/** Whether a key is not what it has to be, and how that is said. */
type Misfit = readonly [isSo: (key: JsonObject, alg: string, form: TrustForm) => boolean, said: string]

const MISFITS: readonly Misfit[] = [
  [showsSecret, "shows what has to be secret"],
  [
    ({ use }, _, form) => form !== "spiffe" && use !== undefined && use !== "sig",
    "is not for signatures (use)",
  ],
  [
    ({ key_ops: operations }) => operations !== undefined && !verifies(operations),
    "is not for verifying (key_ops)",
  ],
  [(key, alg) => key["alg"] !== undefined && key["alg"] !== alg, "is for another algorithm (alg)"],
  [({ kty }, alg) => kty !== typeFor(alg), "is of another type than the token's algorithm (kty)"],
]

function verifies(operations: Json): boolean {
  return Array.isArray(operations) && operations.includes("verify")
}

function typeFor(alg: string): string | undefined {
  return KEY_TYPES.find(([algorithms]) => algorithms.test(alg))?.[1]
}

/** What is left is what a library reads: it refuses SPIFFE's word for the use of a key. */
function verifying({ use: _use, key_ops: _operations, ...key }: JsonObject): JsonObject {
  return key
}
