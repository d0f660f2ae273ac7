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

/** The keys of an issuer as they stand now; the same objects are answered for as long as nothing changes. */
export interface IssuerKeys {
  /** The one that signs. */
  signing(): SigningKey
  /** What tokens verify by: the one that signs, those that did until their last token has ended, and the next one. */
  published(): JSONWebKeySet
  /** When one of them last came or went. */
  changedAt(): Date
}

/** Answers keys that stay what they are; the first one signs. */
export function fixedKeys(keys: readonly [SigningKey, ...SigningKey[]]): IssuerKeys {
  const published = publicKeys(keys)
  return { signing: () => keys[0], published: () => published, changedAt: () => new Date(0) }
}

/** Answers the public halves, member by member: what is not named here cannot leak. */
export function publicKeys(keys: readonly Omit<SigningKey, "d">[]): JSONWebKeySet {
  return {
    keys: keys.map(({ kty, crv, x, y, kid }) => ({ kty, crv, x, y, kid, alg: "ES256", use: "sig" })),
  }
}
