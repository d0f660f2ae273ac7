// Security event tokens: https://www.rfc-editor.org/rfc/rfc8417, as SSF 1.0 §4 profiles them
import { generateKeyPairSync } from "node:crypto"
import type { JsonObject } from "@tabard/core"
import { CompactSign, calculateJwkThumbprint, importJWK, type JSONWebKeySet, type JWK } from "jose"
import { z } from "zod"
import { type KeyVaultDeps, type NewKey, vaultKey } from "../keys/key-vault.ts"

/** Signs what our streams carry. */
export interface SignalSigner {
  /** The public key that it is verified by, for whoever asks. */
  readonly jwks: JSONWebKeySet
  sign(claims: JsonObject): Promise<string>
}

/** RS256 with at least 2,048 bits, for the interoperability profile of CAEP. */
const ALGORITHM = "RS256"
const BITS = 2048

const Private = z.object({
  kty: z.literal("RSA"),
  n: z.string(),
  e: z.string(),
  d: z.string(),
  p: z.string(),
  q: z.string(),
  dp: z.string(),
  dq: z.string(),
  qi: z.string(),
})

/** Opens the key that signals are signed with, made at the first need. */
export async function openSignalSigner(vault: KeyVaultDeps): Promise<SignalSigner> {
  const bytes = await vaultKey(vault, "signal-signing", newSignalKey)
  const secret: JWK = Private.parse(JSON.parse(Buffer.from(bytes).toString("utf8")))
  const { kty = "", n = "", e = "" } = secret
  const kid = await calculateJwkThumbprint({ kty, n, e })
  const key = await importJWK(secret, ALGORITHM)
  return {
    jwks: { keys: [{ kty, n, e, kid, alg: ALGORITHM, use: "sig" }] },
    sign: (claims) =>
      new CompactSign(Buffer.from(JSON.stringify(claims)))
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: "secevent+jwt" })
        .sign(key),
  }
}

function newSignalKey(): NewKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: BITS })
  return {
    secret: Buffer.from(JSON.stringify(privateKey.export({ format: "jwk" }))),
    publicHalf: JSON.stringify(publicKey.export({ format: "jwk" })),
  }
}
