import { generateKeyPairSync } from "node:crypto"
import { calculateJwkThumbprint } from "jose"
import { z } from "zod"
import type { SigningKey } from "../oauth/signing-keys.ts"

const Stored: z.ZodType<Omit<SigningKey, "kid">> = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: z.string(),
  y: z.string(),
  d: z.string(),
})

/** Makes the bytes of a new token-signing key, to be sealed. */
export function newSigningKey(): Uint8Array {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  return Buffer.from(JSON.stringify(privateKey.export({ format: "jwk" })))
}

/** Reads a token-signing key from its bytes; its id is its thumbprint (RFC 7638), which never names another key. */
export async function readSigningKey(bytes: Uint8Array): Promise<SigningKey> {
  const key = Stored.parse(JSON.parse(Buffer.from(bytes).toString("utf8")))
  return { ...key, kid: await calculateJwkThumbprint(key) }
}
