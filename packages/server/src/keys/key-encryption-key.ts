import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto"
import { chmod, open, readFile } from "node:fs/promises"
import { Problem, type Secret } from "@tabard/core"
import type { KeyEncryptionConfig } from "../config.ts"

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The key that seals all others (AES-256-GCM). What is sealed for one thing does not open for another. */
export interface KeyEncryptionKey {
  /** Names the key without telling it, so that a ciphertext says what opens it. */
  readonly id: string
  seal(plain: Uint8Array, purpose: string): Uint8Array
  /** Throws where the key, the purpose or a single bit is not the one it was sealed with. */
  open(sealed: Uint8Array, purpose: string): Uint8Array
}

/** Answers the operator's key-encryption key, made in the data directory where that is allowed and nothing is sealed yet. */
export async function loadKeyEncryptionKey(
  config: KeyEncryptionConfig,
  isNew: boolean,
): Promise<KeyEncryptionKey> {
  if (config.kind === "value") return keyEncryptionKey(decode(config.key))
  if (config.makeIfMissing && isNew) await makeKeyFile(config.path)
  return keyEncryptionKey(await readKeyFile(config.path))
}

/** Makes the key from its 32 bytes. */
export function keyEncryptionKey(key: Uint8Array): KeyEncryptionKey {
  const id = createHash("sha256")
    .update("tabard key-encryption key\n")
    .update(key)
    .digest("base64url")
    .slice(0, 16)
  return {
    id,
    seal(plain, purpose) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(purpose))
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    open(sealed, purpose) {
      const nonce = sealed.subarray(0, NONCE_BYTES)
      const decipher = createDecipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(purpose))
      decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
      return Buffer.concat([
        decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)),
        decipher.final(),
      ])
    },
  }
}

async function readKeyFile(path: string): Promise<Uint8Array> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    const words = `the key-encryption key ${path} cannot be read: bring back the file that this data was made with`
    throw new Problem("body_invalid", words, { cause })
  })
  return decodeText(text.trim(), path)
}

/** Exclusive creation: a key that is there is never written over, and two starts at once make one. */
async function makeKeyFile(path: string): Promise<void> {
  try {
    await using file = await open(path, "wx", 0o600)
    await file.writeFile(`${randomBytes(KEY_BYTES).toString("base64")}\n`)
    await file.sync()
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
    await chmod(path, 0o600)
  }
}

function decode(key: Secret): Uint8Array {
  return decodeText(key.reveal(), "TABARD_KEK")
}

function decodeText(text: string, where: string): Uint8Array {
  const key = Buffer.from(text, "base64")
  if (key.length !== KEY_BYTES || key.toString("base64") !== text) {
    throw new Problem("body_invalid", `${where} must hold ${KEY_BYTES} random bytes in base64`)
  }
  return key
}
