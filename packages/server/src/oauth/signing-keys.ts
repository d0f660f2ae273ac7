import type { SigningAlgorithm } from "@tabard/core"
import type { JSONWebKeySet, JWK } from "jose"

/** A private key that signs tokens: P-256, with an id that never names another key. */
export interface SigningKey extends JWK {
  readonly kty: "EC"
  readonly crv: "P-256"
  readonly x: string
  readonly y: string
  readonly d: string
  readonly kid: string
}

/** A private key that signs access tokens where EdDSA was settled. */
export interface Ed25519Key extends JWK {
  readonly kty: "OKP"
  readonly crv: "Ed25519"
  readonly x: string
  readonly d: string
  readonly kid: string
}

/** A private key that signs access tokens. */
export type TokenKey = Ed25519Key | SigningKey

/** What a key signs by: it follows from the key, and from nothing that a token says. */
export function algorithmOf({ kty }: Pick<TokenKey, "kty">): SigningAlgorithm {
  return kty === "OKP" ? "EdDSA" : "ES256"
}

/** The keys of an issuer as they stand now; the same objects are answered for as long as nothing changes. */
export interface IssuerKeys {
  /** The one that signs whatever has to be ES256: JWT-SVIDs, certificates, assertions. */
  signing(): SigningKey
  /** The one that signs access tokens, by the algorithm that was settled. */
  signingTokens(): TokenKey
  /** What tokens verify by: the one that signs, those that did until their last token has ended, and the next one. */
  published(): JSONWebKeySet
  /** When one of them last came or went. */
  changedAt(): Date
}

/** Answers keys that stay what they are; the first one signs. */
export function fixedKeys(keys: readonly [SigningKey, ...SigningKey[]]): IssuerKeys {
  const published = publicKeys(keys)
  return {
    signing: () => keys[0],
    signingTokens: () => keys[0],
    published: () => published,
    changedAt: () => new Date(0),
  }
}

/** Answers the public halves, member by member: what is not named here cannot leak. */
export function publicKeys(keys: readonly PublicTokenKey[]): JSONWebKeySet {
  return { keys: keys.map((key) => ({ ...membersOf(key), alg: algorithmOf(key), use: "sig" })) }
}

/** What verifies by a key that signs access tokens. */
export type PublicTokenKey = Omit<Ed25519Key, "d"> | Omit<SigningKey, "d">

function membersOf(key: PublicTokenKey): JWK & { readonly kty: string } {
  const { kty, crv, x, kid } = key
  return key.kty === "EC" ? { kty, crv, x, y: key.y, kid } : { kty, crv, x, kid }
}
