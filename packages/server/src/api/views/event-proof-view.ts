import type { CheckpointWitness, EventProofView } from "@tabard/api"
import type { StoredEvent } from "@tabard/control"
import { type NoteSignature, parseNote } from "@tabard/log"
import type { ProvableLog } from "../../record/provable-log.ts"
import { proveEntry } from "../../record/prove-entry.ts"

/** A cosignature begins with its time, as seconds in eight bytes (C2SP tlog-cosignature). */
const TIME_BYTES = 8

/** How long the bytes of a cosignature are, its time included: Ed25519, and ML-DSA-44. */
const COSIGNATURE_BYTES: readonly number[] = [TIME_BYTES + 64, TIME_BYTES + 2420]

/** Shows what proves an event, or how far it has come. */
export async function eventProofView(
  { bytes, index: place }: StoredEvent,
  log: ProvableLog,
): Promise<EventProofView> {
  const index = place === null ? null : place - log.base
  const proof = index === null ? null : await proveEntry(log, index)
  return {
    origin: log.origin,
    index,
    published: proof !== null,
    entry: Buffer.from(bytes).toString("base64"),
    proof: proof?.text ?? null,
    checkpoint: proof?.checkpoint ?? null,
    verifierKey: log.verifierKey,
    witnesses: proof ? witnessesIn(proof.checkpoint, log.origin) : [],
  }
}

function witnessesIn(checkpoint: string, origin: string): readonly CheckpointWitness[] {
  const { signatures } = parseNote(new TextEncoder().encode(checkpoint))
  return signatures.filter(({ name }) => name !== origin).flatMap((signature) => seenBy(signature) ?? [])
}

function seenBy({ name, bytes }: NoteSignature): CheckpointWitness | undefined {
  if (!COSIGNATURE_BYTES.includes(bytes.length)) return undefined
  const seconds = Number(Buffer.from(bytes.subarray(0, TIME_BYTES)).readBigUInt64BE())
  const time = new Date(seconds * 1000)
  return Number.isNaN(time.getTime()) ? undefined : { name, time: time.toISOString() }
}
