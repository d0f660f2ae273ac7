// Keys of https://c2sp.org/signed-note, and the types that it registers.
import { fromBase64, joinBytes, toBase64, toHex } from "./bytes.ts"
import type { Sha256 } from "./hashing.ts"
import { MalformedRecord } from "./log-errors.ts"

/** How a key signs: the text itself, or the checkpoint in it with the time at which a witness saw it. */
export type KeyType = "ed25519" | "cosignature/v1" | "subtree/v1"

/** What computes the signatures of a key. */
export type SignatureAlgorithm = "ed25519" | "ml-dsa-44"

/** A public key with the name under which it signs. */
export interface NoteKey {
  readonly name: string
  readonly type: KeyType
  readonly publicKey: Uint8Array
  /** Four bytes in hexadecimal, made of all of the above; it finds a key, and proves nothing. */
  readonly id: string
}

interface KeyKind {
  readonly byte: number
  readonly algorithm: SignatureAlgorithm
  readonly publicKeyBytes: number
}

const KINDS: Readonly<Record<KeyType, KeyKind>> = {
  ed25519: { byte: 0x01, algorithm: "ed25519", publicKeyBytes: 32 },
  "cosignature/v1": { byte: 0x04, algorithm: "ed25519", publicKeyBytes: 32 },
  "subtree/v1": { byte: 0x06, algorithm: "ml-dsa-44", publicKeyBytes: 1312 },
}

const TYPES: readonly KeyType[] = ["ed25519", "cosignature/v1", "subtree/v1"]

/** Answers a key with the id that follows from its name, type and bytes. */
export function noteKey(sha256: Sha256, { name, type, publicKey }: Omit<NoteKey, "id">): NoteKey {
  if (!isKeyName(name)) throw new MalformedRecord("a key's name must be there, without spaces and plus signs")
  const { byte, algorithm, publicKeyBytes } = KINDS[type]
  if (publicKey.length !== publicKeyBytes) {
    throw new MalformedRecord(`a public key of ${algorithm} has ${publicKeyBytes} bytes`)
  }
  const digest = sha256(joinBytes([new TextEncoder().encode(`${name}\n`), Uint8Array.of(byte), publicKey]))
  return { name, type, publicKey, id: toHex(digest.subarray(0, 4)) }
}

/** Answers the text that people hand each other to check a log with: `name+id+key`. */
export function formatVerifierKey({ name, id, type, publicKey }: NoteKey): string {
  return `${name}+${id}+${toBase64(joinBytes([Uint8Array.of(KINDS[type].byte), publicKey]))}`
}

/** Reads the text of a public key, and refuses one whose id is not its own. */
export function parseVerifierKey(sha256: Sha256, text: string): NoteKey {
  const [name = "", , ...encoded] = text.split("+")
  // Base64 has plus signs of its own, so whatever follows the second one is the key.
  const bytes = fromBase64(encoded.join("+"))
  if (!bytes?.length) throw new MalformedRecord("a verifier key reads name+id+base64; copy it whole")

  const type = TYPES.find((one) => KINDS[one].byte === bytes[0])
  if (!type) {
    throw new MalformedRecord(
      "this verifier key is of a kind that is not supported; use an Ed25519 or ML-DSA-44 key",
    )
  }
  const key = noteKey(sha256, { name, type, publicKey: bytes.subarray(1) })
  if (formatVerifierKey(key) !== text) throw new MalformedRecord("this verifier key's id is not its own")
  return key
}

/** Answers whether a name can stand in a signature line. */
export function isKeyName(name: string): boolean {
  return /^[^\s+\p{Cc}]+$/u.test(name)
}
