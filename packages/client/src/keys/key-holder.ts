import { createPrivateKey, sign } from "node:crypto"
import { promisify } from "node:util"
import { type PrivateKey, type PublicKey, publicHalf } from "../key.ts"

/** Where a private key is kept: in the file of the credentials, or where no file can be copied from. */
export type KeyStorage = "file" | "keychain" | "pkcs11" | "tpm"

/** A key that signs, whether or not its private half could ever be read. */
export interface KeyHolder {
  readonly publicKey: PublicKey
  readonly storage: KeyStorage
  /** Answers the signature of ES256 (RFC 7518 §3.4): r and s, 32 bytes each. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

const signInThread = promisify(sign)

/** A key whose private half is in this process. */
export function softwareHolder(key: PrivateKey, storage: KeyStorage = "file"): KeyHolder {
  const privateKey = createPrivateKey({ key: { ...key }, format: "jwk" })
  return {
    publicKey: publicHalf(key),
    storage,
    sign: (bytes) => signInThread("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" }),
  }
}
