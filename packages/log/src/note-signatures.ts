// Signing and verifying of https://c2sp.org/signed-note and https://c2sp.org/tlog-cosignature.
import { MalformedRecord, UntrustedNote } from "./log-errors.ts"
import type { NoteKey, SignatureAlgorithm } from "./note-key.ts"
import { type SignedMessage, signedMessage } from "./signed-message.ts"
import type { NoteSignature, SignedNote } from "./signed-note.ts"

/**
 * Answers whether a signature is good, and undefined where it cannot compute the algorithm: the signature
 * then counts for as little as one of a key that nobody named. Handed in, so that the log runs where
 * there is no Node.
 */
export type VerifySignature = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
  algorithm: SignatureAlgorithm,
) => boolean | undefined | Promise<boolean | undefined>

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
  verify: VerifySignature,
  note: SignedNote,
  trusted: readonly NoteKey[],
): Promise<readonly Endorsement[]> {
  const endorsements = new Map<NoteKey, Endorsement>()
  for (const signature of note.signatures) {
    const key = trusted.find(({ name, id }) => name === signature.name && id === signature.keyId)
    const endorsement = key && (await verifyOne(verify, key, note.text, signature.bytes))
    if (endorsement) endorsements.set(endorsement.key, endorsement)
  }
  if (endorsements.size === 0) throw stranger(note)
  return [...endorsements.values()]
}

/** Whose it says to be shows a reader who took the key of another log, such as the one before. */
function stranger({ signatures }: SignedNote): UntrustedNote {
  const names = signatures.slice(0, 3).map(({ name }) => name)
  return new UntrustedNote(`no key that is trusted here has signed it; it names ${names.join(", ")}`)
}

async function verifyOne(
  verify: VerifySignature,
  key: NoteKey,
  text: string,
  bytes: Uint8Array,
): Promise<Endorsement | undefined> {
  const { message, signature, algorithm, time } = takeApart(key, text, bytes)
  const isGood = await verify(key.publicKey, message, signature, algorithm)
  if (isGood === undefined) return undefined
  if (!isGood) throw bad(key)
  return time === undefined ? { key } : { key, time }
}

function takeApart(key: NoteKey, text: string, bytes: Uint8Array): SignedMessage {
  try {
    return signedMessage(key, text, bytes)
  } catch (cause) {
    throw bad(key, { cause })
  }
}

function bad({ name }: NoteKey, options?: ErrorOptions): UntrustedNote {
  return new UntrustedNote(`the signature of ${name} is bad`, options)
}
