import { generateKeyPairSync } from "node:crypto"
import { calculateJwkThumbprint } from "jose"
import { z } from "zod"
import type { NewKey } from "../keys/key-vault.ts"
import type { Ed25519Key, PublicTokenKey, SigningKey } from "../oauth/signing-keys.ts"

const Public = z.object({ kty: z.literal("EC"), crv: z.literal("P-256"), x: z.string(), y: z.string() })
const Private = Public.extend({ d: z.string() })
const PublicEd25519 = z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string() })
const PrivateEd25519 = PublicEd25519.extend({ d: z.string() })

/** Makes a token-signing key. */
export function newSigningKey(): NewKey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  return {
    secret: Buffer.from(JSON.stringify(privateKey.export({ format: "jwk" }))),
    publicHalf: JSON.stringify(publicKey.export({ format: "jwk" })),
  }
}

/** Makes a key that signs access tokens with EdDSA. */
export function newEd25519Key(): NewKey {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519")
  return {
    secret: Buffer.from(JSON.stringify(privateKey.export({ format: "jwk" }))),
    publicHalf: JSON.stringify(publicKey.export({ format: "jwk" })),
  }
}

/** Reads such a key from its bytes. */
export async function readEd25519Key(bytes: Uint8Array): Promise<Ed25519Key> {
  const key = PrivateEd25519.parse(JSON.parse(Buffer.from(bytes).toString("utf8")))
  return { ...key, kid: await calculateJwkThumbprint(key) }
}

/** Reads a token-signing key from its bytes; its id is its thumbprint (RFC 7638), which never names another key. */
export async function readSigningKey(bytes: Uint8Array): Promise<SigningKey> {
  const key = Private.parse(JSON.parse(Buffer.from(bytes).toString("utf8")))
  return { ...key, kid: await calculateJwkThumbprint(key) }
}

/** Reads what verifies by a token-signing key of either kind. */
export async function readPublicSigningKey(text: string): Promise<PublicTokenKey> {
  const key = z.union([Public, PublicEd25519]).parse(JSON.parse(text))
  return { ...key, kid: await calculateJwkThumbprint(key) }
}
