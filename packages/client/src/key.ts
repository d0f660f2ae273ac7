import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose"

/** A P-256 key as a JWK (RFC 7517), private half included: to be kept in a file that only its owner can read. */
export interface PrivateKey {
  readonly kty: "EC"
  readonly crv: "P-256"
  readonly x: string
  readonly y: string
  readonly d: string
}

/** The public half of a key: what may be shown. */
export type PublicKey = Omit<PrivateKey, "d">

/** Makes a key for ES256. It is worth whatever the agent may do, and nobody but this program needs ever see it. */
export async function createKey(): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true })
  return parseKey(await exportJWK(privateKey))
}

/**
 * Reads a saved key.
 *
 * @throws {TypeError} where it is no private P-256 key
 */
export function parseKey(value: unknown): PrivateKey {
  const members: Partial<Record<keyof PrivateKey, unknown>> =
    typeof value === "object" && value !== null ? value : {}
  const { kty, crv, x, y, d } = members
  const whole = typeof x === "string" && typeof y === "string" && typeof d === "string"
  if (kty !== "EC" || crv !== "P-256" || !whole)
    throw new TypeError("This is no private P-256 key; enrol a new one.")
  return { kty, crv, x, y, d }
}

/**
 * Reads the public half of a saved key.
 *
 * @throws {TypeError} where it is no P-256 key
 */
export function parsePublicKey(value: unknown): PublicKey {
  const members: Partial<Record<keyof PublicKey, unknown>> =
    typeof value === "object" && value !== null ? value : {}
  const { kty, crv, x, y } = members
  if (kty !== "EC" || crv !== "P-256" || typeof x !== "string" || typeof y !== "string")
    throw new TypeError("This is no P-256 key; enrol a new one.")
  return { kty, crv, x, y }
}

/** Answers what may be shown of a key. */
export function publicHalf({ kty, crv, x, y }: PublicKey): PublicKey {
  return { kty, crv, x, y }
}

/** Answers the key's thumbprint (RFC 7638): what its tokens are bound to. */
export function thumbprintOf(key: PublicKey): Promise<string> {
  return calculateJwkThumbprint({ ...publicHalf(key) })
}
