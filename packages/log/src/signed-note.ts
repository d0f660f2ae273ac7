// Signed notes of https://c2sp.org/signed-note: a text, a blank line, and who signed it.
import { fromBase64, fromHex, joinBytes, toBase64, toHex } from "./bytes.ts"
import { MalformedRecord } from "./log-errors.ts"
import { isKeyName } from "./note-key.ts"
import { readText } from "./read-text.ts"

// Far more than a checkpoint with a hundred witnesses; what is longer is not read.
const MAX_NOTE_BYTES = 1_000_000
const MAX_SIGNATURES = 100
const ID_BYTES = 4

/** One line under a note: who says to have signed, not yet whether it is true. */
export interface NoteSignature {
  readonly name: string
  /** Four bytes in hexadecimal; see NoteKey. */
  readonly keyId: string
  readonly bytes: Uint8Array
}

/** A text with its signatures, read but not believed: see `verifyNote`. */
export interface SignedNote {
  /** Ends with a newline. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** Answers the one spelling of a note. */
export function formatNote({ text, signatures }: SignedNote): Uint8Array {
  return new TextEncoder().encode(`${text}\n${signatures.map(formatSignature).join("")}`)
}

/** Reads a note. Its signatures are the caller's to verify, and first. */
export function parseNote(bytes: Uint8Array): SignedNote {
  const whole = readText("a signed note", bytes, MAX_NOTE_BYTES)
  const end = whole.lastIndexOf("\n\n")
  if (end < 0) throw new MalformedRecord("a signed note has a blank line before its signatures")

  const lines = whole.slice(end + 2).split("\n")
  if (lines.pop() !== "") throw new MalformedRecord("a signed note ends with a newline")
  if (lines.length === 0 || lines.length > MAX_SIGNATURES) {
    throw new MalformedRecord(`a signed note has 1 to ${MAX_SIGNATURES} signatures, not ${lines.length}`)
  }
  return { text: whole.slice(0, end + 1), signatures: lines.map(parseSignature) }
}

function parseSignature(line: string): NoteSignature {
  const [dash, name = "", encoded = "", ...rest] = line.split(" ")
  const bytes = fromBase64(encoded)
  if (dash !== "—" || rest.length > 0 || !isKeyName(name) || !bytes || bytes.length <= ID_BYTES) {
    throw new MalformedRecord("a signature line reads: dash, name, base64")
  }
  return { name, keyId: toHex(bytes.subarray(0, ID_BYTES)), bytes: bytes.subarray(ID_BYTES) }
}

function formatSignature({ name, keyId, bytes }: NoteSignature): string {
  return `— ${name} ${toBase64(joinBytes([fromHex(keyId), bytes]))}\n`
}
