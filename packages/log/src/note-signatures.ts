// Signing and verifying of https://c2sp.org/signed-note and https://c2sp.org/tlog-cosignature.
import { MalformedRecord, UntrustedNote } from "./log-errors.ts"
import type { NoteKey } from "./note-key.ts"
import type { NoteSignature, SignedNote } from "./signed-note.ts"

const SIGNATURE_BYTES = 64
const TIME_BYTES = 8

/** Answers whether an Ed25519 signature is good; handed in, so that the log runs where there is no Node. */
export type VerifyEd25519 = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean | Promise<boolean>

/** Signs as one key; whoever holds the secret bytes, it is not the log. */
export interface NoteSigner {
  readonly key: NoteKey
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>
}

/** A signature that was found good. */
export interface Endorsement {
  readonly key: NoteKey
  /** When a witness says to have seen the text, in seconds since 1970; a log's own signature says no time. */
  readonly time?: number
}

/** Answers the line by which a log's key signs a text that ends with a newline. */
export async function signText(signer: NoteSigner, text: string): Promise<NoteSignature> {
  const { name, id, type } = signer.key
  // A cosignature says a time, which is for a witness to say.
  if (type !== "ed25519") throw new MalformedRecord(`${name} is a witness's key; sign with the log's own`)
  return { name, keyId: id, bytes: await signer.sign(new TextEncoder().encode(text)) }
}

/**
 * Answers which of the trusted keys have signed, and at least one has. Keys that nobody named are
 * passed over; one bad signature of a trusted key condemns the whole note.
 *
 * @throws {UntrustedNote} where none has signed, or where one of the signatures is bad
 */
export async function verifyNote(
  verifyEd25519: VerifyEd25519,
  note: SignedNote,
  trusted: readonly NoteKey[],
): Promise<readonly Endorsement[]> {
  const endorsements = new Map<NoteKey, Endorsement>()
  for (const signature of note.signatures) {
    const key = trusted.find(({ name, id }) => name === signature.name && id === signature.keyId)
    if (key) endorsements.set(key, await verifySignature(verifyEd25519, key, note.text, signature.bytes))
  }
  if (endorsements.size === 0) throw new UntrustedNote("no key that is trusted here has signed it")
  return [...endorsements.values()]
}

async function verifySignature(
  verifyEd25519: VerifyEd25519,
  key: NoteKey,
  text: string,
  bytes: Uint8Array,
): Promise<Endorsement> {
  const { endorsement, message, signature } = signedMessage(key, text, bytes)
  // The length is checked here, so that no adapter has to be trusted with it.
  const good =
    signature.length === SIGNATURE_BYTES &&
    (await verifyEd25519(key.publicKey, new TextEncoder().encode(message), signature))
  if (!good) throw new UntrustedNote(`the signature of ${key.name} is bad`)
  return endorsement
}

function signedMessage(
  key: NoteKey,
  text: string,
  bytes: Uint8Array,
): { endorsement: Endorsement; message: string; signature: Uint8Array } {
  switch (key.type) {
    case "ed25519":
      return { endorsement: { key }, message: text, signature: bytes }
    case "cosignature/v1": {
      const time = readTime(bytes)
      const message = `cosignature/v1\ntime ${time}\n${text}`
      return { endorsement: { key, time }, message, signature: bytes.subarray(TIME_BYTES) }
    }
  }
}

/** A time past what a number holds exactly reads as another time, under which the signature is bad. */
function readTime(bytes: Uint8Array): number {
  return bytes.subarray(0, TIME_BYTES).reduce((time, byte) => time * 256 + byte, 0)
}
