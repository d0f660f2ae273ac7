// What each type of key signs: https://c2sp.org/signed-note and https://c2sp.org/tlog-cosignature.
import { joinBytes } from "./bytes.ts"
import { parseCheckpoint } from "./checkpoint.ts"
import { MalformedRecord } from "./log-errors.ts"
import type { NoteKey, SignatureAlgorithm } from "./note-key.ts"

const TIME_BYTES = 8
// The length is checked here, so that no adapter has to be trusted with it.
const SIGNATURE_BYTES: Readonly<Record<SignatureAlgorithm, number>> = { ed25519: 64, "ml-dsa-44": 2420 }
const SUBTREE_LABEL = "subtree/v1\n\0"

/** The bytes under a signature, taken apart. */
export interface SignedMessage {
  readonly message: Uint8Array
  readonly signature: Uint8Array
  readonly algorithm: SignatureAlgorithm
  /** When a witness says to have seen the text, in seconds since 1970; a log's own signature says no time. */
  readonly time?: number
}

/**
 * Answers what a key of this type has signed, if its signature under this text is good.
 *
 * @throws {MalformedRecord} where no signature of this type can look like this
 */
export function signedMessage(key: NoteKey, text: string, bytes: Uint8Array): SignedMessage {
  switch (key.type) {
    case "ed25519":
      return { message: utf8(text), signature: sized("ed25519", bytes), algorithm: "ed25519" }
    case "cosignature/v1": {
      const time = readTime(bytes)
      const message = utf8(`cosignature/v1\ntime ${time}\n${text}`)
      const signature = sized("ed25519", bytes.subarray(TIME_BYTES))
      return { message, signature, algorithm: "ed25519", time }
    }
    case "subtree/v1": {
      const time = readTime(bytes)
      const signature = sized("ml-dsa-44", bytes.subarray(TIME_BYTES))
      return { message: subtreeMessage(key.name, time, text), signature, algorithm: "ml-dsa-44", time }
    }
  }
}

/** Answers eight bytes that say a number, the high byte first. */
export function bigEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(TIME_BYTES)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}

/** A checkpoint is the subtree that starts at the first entry. Its extension lines are not signed. */
function subtreeMessage(cosigner: string, time: number, text: string): Uint8Array {
  const { origin, size, root } = parseCheckpoint(text)
  return joinBytes([
    utf8(SUBTREE_LABEL),
    short(cosigner),
    bigEndian(time),
    short(origin),
    bigEndian(0),
    bigEndian(size),
    root,
  ])
}

/** The specification ends at 2^63 - 1; no time past what a number holds exactly was ever reached. */
function readTime(bytes: Uint8Array): number {
  const time = bytes.subarray(0, TIME_BYTES).reduce((sum, byte) => sum * 256 + byte, 0)
  if (!Number.isSafeInteger(time)) throw new MalformedRecord("its time is past every time that can be")
  return time
}

function sized(algorithm: SignatureAlgorithm, signature: Uint8Array): Uint8Array {
  if (signature.length === SIGNATURE_BYTES[algorithm]) return signature
  throw new MalformedRecord(`a signature of ${algorithm} has ${SIGNATURE_BYTES[algorithm]} bytes`)
}

function short(text: string): Uint8Array {
  const bytes = utf8(text)
  if (bytes.length > 255) throw new MalformedRecord("a name of more than 255 bytes cannot be cosigned")
  return joinBytes([Uint8Array.of(bytes.length), bytes])
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
