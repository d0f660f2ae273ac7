import { generateKeyPairSync } from "node:crypto"
import { type CryptoKey, calculateJwkThumbprint, importJWK, type JWK } from "jose"
import { z } from "zod"
import type { NewKey } from "../keys/key-vault.ts"

/** RS256 with at least 2,048 bits, for the interoperability profile of CAEP. */
export const SIGNAL_ALGORITHM = "RS256"

const BITS = 2048

const Public = z.object({ kty: z.literal("RSA"), n: z.string(), e: z.string() })
const Private = Public.extend({
  d: z.string(),
  p: z.string(),
  q: z.string(),
  dp: z.string(),
  dq: z.string(),
  qi: z.string(),
})

/** A key that signs signals, by its id: its thumbprint (RFC 7638), which never names another key. */
export interface SignalKey {
  readonly kid: string
  readonly key: CryptoKey | Uint8Array
}

/** Makes a key that signs signals. */
export function newSignalKey(): NewKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: BITS })
  return {
    secret: Buffer.from(JSON.stringify(privateKey.export({ format: "jwk" }))),
    publicHalf: JSON.stringify(publicKey.export({ format: "jwk" })),
  }
}

/** Reads a key that signs signals from its bytes. */
export async function readSignalKey(bytes: Uint8Array): Promise<SignalKey> {
  const secret = Private.parse(JSON.parse(Buffer.from(bytes).toString("utf8")))
  return { kid: await calculateJwkThumbprint(secret), key: await importJWK(secret, SIGNAL_ALGORITHM) }
}

/** Reads what verifies by a key that signs signals, as it is published. */
export async function readPublicSignalKey(text: string): Promise<JWK> {
  const key = Public.parse(JSON.parse(text))
  return { ...key, kid: await calculateJwkThumbprint(key), alg: SIGNAL_ALGORITHM, use: "sig" }
}
