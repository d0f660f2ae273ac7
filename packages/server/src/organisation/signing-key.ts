import { generateKeyPairSync } from "node:crypto"
import { calculateJwkThumbprint } from "jose"
import { z } from "zod"
import type { NewKey } from "../keys/key-vault.ts"
import type { SigningKey } from "../oauth/signing-keys.ts"

/** The public half of a token-signing key. */
type PublicSigningKey = Omit<SigningKey, "d">

const Public = z.object({ kty: z.literal("EC"), crv: z.literal("P-256"), x: z.string(), y: z.string() })
const Private = Public.extend({ d: z.string() })

/** Makes a token-signing key. */
export function newSigningKey(): NewKey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  return {
    secret: Buffer.from(JSON.stringify(privateKey.export({ format: "jwk" }))),
    publicHalf: JSON.stringify(publicKey.export({ format: "jwk" })),
  }
}

/** Reads a token-signing key from its bytes; its id is its thumbprint (RFC 7638), which never names another key. */
export async function readSigningKey(bytes: Uint8Array): Promise<SigningKey> {
  const key = Private.parse(JSON.parse(Buffer.from(bytes).toString("utf8")))
  return { ...key, kid: await calculateJwkThumbprint(key) }
}

/** Reads what verifies by a token-signing key. */
export async function readPublicSigningKey(text: string): Promise<PublicSigningKey> {
  const key = Public.parse(JSON.parse(text))
  return { ...key, kid: await calculateJwkThumbprint(key) }
}
