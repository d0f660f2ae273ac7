// Keys of https://c2sp.org/signed-note, and the types that it registers.
import { fromBase64, joinBytes, toBase64, toHex } from "./bytes.ts"
import { HASH_BYTES, type Sha256 } from "./hashing.ts"
import { MalformedRecord } from "./log-errors.ts"

/** How a key signs: the text itself, or the text with the time at which a witness saw it. */
export type KeyType = "ed25519" | "cosignature/v1"

/** A public key with the name under which it signs. */
export interface NoteKey {
  readonly name: string
  readonly type: KeyType
  readonly publicKey: Uint8Array
  /** Four bytes in hexadecimal, made of all of the above; it finds a key, and proves nothing. */
  readonly id: string
}

const TYPE_BYTE: Readonly<Record<KeyType, number>> = { ed25519: 0x01, "cosignature/v1": 0x04 }

/** Answers a key with the id that follows from its name, type and bytes. */
export function noteKey(sha256: Sha256, { name, type, publicKey }: Omit<NoteKey, "id">): NoteKey {
  if (!isKeyName(name)) throw new MalformedRecord("a key's name must be there, without spaces and plus signs")
  if (publicKey.length !== HASH_BYTES) throw new MalformedRecord("an Ed25519 public key has 32 bytes")
  const digest = sha256(
    joinBytes([new TextEncoder().encode(`${name}\n`), Uint8Array.of(TYPE_BYTE[type]), publicKey]),
  )
  return { name, type, publicKey, id: toHex(digest.subarray(0, 4)) }
}

/** Answers the text that people hand each other to check a log with: `name+id+key`. */
export function formatVerifierKey({ name, id, type, publicKey }: NoteKey): string {
  return `${name}+${id}+${toBase64(joinBytes([Uint8Array.of(TYPE_BYTE[type]), publicKey]))}`
}

/** Reads the text of a public key, and refuses one whose id is not its own. */
export function parseVerifierKey(sha256: Sha256, text: string): NoteKey {
  const [name = "", , ...encoded] = text.split("+")
  // Base64 has plus signs of its own, so whatever follows the second one is the key.
  const bytes = fromBase64(encoded.join("+"))
  if (!bytes) throw new MalformedRecord("a verifier key reads name+id+base64; copy it whole")

  const type = keyTypeOf(bytes[0])
  if (!type)
    throw new MalformedRecord("this verifier key is of a kind that is not supported; use an Ed25519 key")

  const key = noteKey(sha256, { name, type, publicKey: bytes.subarray(1) })
  if (formatVerifierKey(key) !== text) throw new MalformedRecord("this verifier key's id is not its own")
  return key
}

/** Answers whether a name can stand in a signature line. */
export function isKeyName(name: string): boolean {
  return /^[^\s+\p{Cc}]+$/u.test(name)
}

function keyTypeOf(byte: number | undefined): KeyType | undefined {
  if (byte === TYPE_BYTE.ed25519) return "ed25519"
  return byte === TYPE_BYTE["cosignature/v1"] ? "cosignature/v1" : undefined
}
