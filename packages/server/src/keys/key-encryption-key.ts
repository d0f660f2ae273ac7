import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto"
import { chmod, open, readFile } from "node:fs/promises"
import { Problem, type Secret } from "@tabard/core"
import { askKekCommand } from "./kek-command.ts"
import type { KekProgram, KeyEncryptionConfig, KeySource } from "./key-encryption-config.ts"
import { keyRing } from "./key-ring.ts"

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The key that seals all others (AES-256-GCM). What is sealed for one thing does not open for another. */
export interface KeyEncryptionKey {
  /** Names the key without telling it, so that a ciphertext says what opens it. */
  readonly id: string
  /** Answers the key of that name, where this program was given it: itself, or one that only opens. */
  under(id: string): KeyEncryptionKey | undefined
  seal(plain: Uint8Array, purpose: string): Uint8Array
  /** Throws where the key, the purpose or a single bit is not the one it was sealed with. */
  open(sealed: Uint8Array, purpose: string): Uint8Array
}

/**
 * Answers the operator's key-encryption key, made where that is allowed and nothing is sealed yet. It opens what another
 * sealed, where the operator gives that as well.
 */
export async function loadKeyEncryptionKey(
  { other, ...present }: KeyEncryptionConfig,
  isNew: boolean,
): Promise<KeyEncryptionKey> {
  const key = keyEncryptionKey(await bytesOf(present, isNew))
  return other ? keyRing(key, [keyEncryptionKey(await bytesOf(other, false))]) : key
}

async function bytesOf(source: KeySource, isNew: boolean): Promise<Uint8Array> {
  switch (source.kind) {
    case "value":
      return decode(source.key)
    case "file":
      if (source.makeIfMissing && isNew) await makeKeyFile(source.path, randomBytes(KEY_BYTES))
      return decodeText(await readKeyFile(source.path), source.path)
    case "command":
      if (isNew) await makeKeyFile(source.path, await wrappedKey(source))
      return unwrapped(source, Buffer.from(await readKeyFile(source.path), "base64"))
  }
}

/** A key that was made here, as only the operator's program can read it. */
function wrappedKey(program: KekProgram): Promise<Uint8Array> {
  return askKekCommand(program, "wrap", randomBytes(KEY_BYTES))
}

async function unwrapped(program: KekProgram, wrapped: Uint8Array): Promise<Uint8Array> {
  const key = await askKekCommand(program, "unwrap", wrapped)
  if (key.length === KEY_BYTES) return key
  throw new Problem(
    "body_invalid",
    `the program ${program.command} answered a key that has not ${KEY_BYTES} bytes`,
  )
}

/** Makes the key from its 32 bytes. */
export function keyEncryptionKey(key: Uint8Array): KeyEncryptionKey {
  const id = createHash("sha256")
    .update("tabard key-encryption key\n")
    .update(key)
    .digest("base64url")
    .slice(0, 16)
  const own: KeyEncryptionKey = {
    id,
    under: (asked) => (asked === id ? own : undefined),
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
  return own
}

async function readKeyFile(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    const words = `the key-encryption key ${path} cannot be read: bring back the file that this data was made with`
    throw new Problem("body_invalid", words, { cause })
  })
  return text.trim()
}

/** Exclusive creation: a key that is there is never written over, and two starts at once make one. */
async function makeKeyFile(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await using file = await open(path, "wx", 0o600)
    await file.writeFile(`${Buffer.from(bytes).toString("base64")}\n`)
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
