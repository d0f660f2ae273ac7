import { createPrivateKey, createPublicKey, hash, type JsonWebKey, sign, verify } from "node:crypto"
import type { Sha256 } from "./hashing.ts"
import { noteKey, type SignatureAlgorithm } from "./note-key.ts"
import type { NoteSigner, VerifySignature } from "./note-signatures.ts"

// PKCS #8 around the 32 bytes of an Ed25519 key (RFC 8410 §7).
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex")

/** SHA-256 by Node. */
export const sha256: Sha256 = (bytes) => new Uint8Array(hash("sha256", bytes, "buffer"))

/** Ed25519 and ML-DSA-44 by Node; a public key that is none verifies nothing. */
export const verifySignature: VerifySignature = (publicKey, message, signature, algorithm) => {
  try {
    return verify(
      null,
      message,
      createPublicKey({ key: jwkOf(publicKey, algorithm), format: "jwk" }),
      signature,
    )
  } catch {
    return false
  }
}

/** Answers what signs as `name` with the Ed25519 key that these 32 secret bytes are. */
export function ed25519Signer(name: string, seed: Uint8Array): NoteSigner {
  if (seed.length !== 32) throw new RangeError("the secret of an Ed25519 key has 32 bytes")
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: "der",
    type: "pkcs8",
  })
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" })
  return {
    key: noteKey(sha256, { name, type: "ed25519", publicKey: new Uint8Array(spki.subarray(-32)) }),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  }
}

function jwkOf(publicKey: Uint8Array, algorithm: SignatureAlgorithm): JsonWebKey {
  const encoded = Buffer.from(publicKey).toString("base64url")
  if (algorithm === "ed25519") return { kty: "OKP", crv: "Ed25519", x: encoded }
  return { kty: "AKP", alg: "ML-DSA-44", pub: encoded }
}
