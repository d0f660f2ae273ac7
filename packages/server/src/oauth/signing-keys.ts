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

/** Answers the public halves, member by member: what is not named here cannot leak. */
export function publicKeys(keys: readonly Omit<SigningKey, "d">[]): JSONWebKeySet {
  return {
    keys: keys.map(({ kty, crv, x, y, kid }) => ({ kty, crv, x, y, kid, alg: "ES256", use: "sig" })),
  }
}
