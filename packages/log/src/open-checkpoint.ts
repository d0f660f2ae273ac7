import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts"
import { MalformedRecord } from "./log-errors.ts"
import type { NoteKey } from "./note-key.ts"
import { type VerifySignature, verifyNote } from "./note-signatures.ts"
import { parseNote } from "./signed-note.ts"

/**
 * Answers the checkpoint in a note that the log's key has signed. The key has the name of its log, so
 * that one log's checkpoint cannot pass for another's.
 *
 * @throws {MalformedRecord | UntrustedNote} where it is anything else
 */
export async function openCheckpoint(
  verify: VerifySignature,
  note: Uint8Array,
  key: NoteKey,
): Promise<Checkpoint> {
  const signed = parseNote(note)
  await verifyNote(verify, signed, [key])
  const checkpoint = parseCheckpoint(signed.text)
  if (checkpoint.origin !== key.name) {
    throw new MalformedRecord(`this is a checkpoint of ${checkpoint.origin}, not of ${key.name}`)
  }
  return checkpoint
}
