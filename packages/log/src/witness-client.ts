// The log's side of https://c2sp.org/tlog-witness: asking a witness to cosign a checkpoint.
import { joinBytes, toBase64 } from "./bytes.ts"
import { parseCheckpoint } from "./checkpoint.ts"
import { MalformedRecord, UntrustedNote } from "./log-errors.ts"
import type { NoteKey } from "./note-key.ts"
import { type VerifySignature, verifyNote } from "./note-signatures.ts"
import { type NoteSignature, parseNote } from "./signed-note.ts"

/** What somebody answered over HTTP. */
export interface WitnessReply {
  readonly status: number
  /** As the header says it, or empty. */
  readonly contentType: string
  readonly body: Uint8Array
}

/**
 * Posts bytes to an address and answers what came back, within bounds of time and size, and without following a
 * redirect; rejects, in words that say why, where nothing came back.
 */
export type PostToWitness = (url: string, body: Uint8Array) => Promise<WitnessReply>

/** A witness, as a trust policy names it. */
export interface Witness {
  readonly key: NoteKey
  /** Its submission prefix; `/add-checkpoint` is below it. */
  readonly url: string
}

/** What asking a witness needs. */
export interface AskWitnessDeps {
  readonly post: PostToWitness
  readonly verify: VerifySignature
  /**
   * Answers the hashes that show the log at `to` to begin with itself at `from`, or undefined where they were pruned: what
   * a witness says to have seen may lie before all that is left.
   */
  readonly prove: (from: number, to: number) => Promise<readonly Uint8Array[] | undefined>
  readonly now: () => Date
}

/** What a witness is asked: to cosign this checkpoint, having seen the log at `old` entries. */
export interface AskedCosignature {
  readonly witness: Witness
  /** The checkpoint, signed by its log. */
  readonly note: Uint8Array
  /** The size at which the witness saw the log last, as far as is known: 0 where it is not. */
  readonly old: number
}

/** What came of asking a witness. */
export type WitnessAnswer =
  /** It cosigned at this time, in seconds since 1970. */
  | { readonly kind: "cosigned"; readonly signature: NoteSignature; readonly time: number }
  /** It has seen the log with more entries than the checkpoint has: what asks is behind what was published. */
  | { readonly kind: "ahead"; readonly size: number }
  /** It has seen another history under this log's name. To ask again would change nothing, and must not be done. */
  | { readonly kind: "split-view"; readonly said: string }
  /** It does not know the log, or not by this key. */
  | { readonly kind: "unknown-log"; readonly said: string }
  /** It gave no answer that counts; it may at another time. */
  | { readonly kind: "unavailable"; readonly said: string }

const MOST_REPLY_BYTES = 65_536

// A cosignature says when the log was seen; by a clock that is far off it would say something untrue.
const MOST_CLOCK_SECONDS = 600

/** Answers the body of add-checkpoint. */
export function formatAddCheckpoint(old: number, proof: readonly Uint8Array[], note: Uint8Array): Uint8Array {
  const head = [`old ${old}`, ...proof.map(toBase64), "", ""].join("\n")
  return joinBytes([new TextEncoder().encode(head), note])
}

/**
 * Asks a witness to cosign a checkpoint. Where it says to have seen the log at another size than we know of, it is
 * asked once more from there; what shows another history is never asked again.
 */
export async function askWitness(deps: AskWitnessDeps, asked: AskedCosignature): Promise<WitnessAnswer> {
  const { size } = parseCheckpoint(parseNote(asked.note).text)
  const first = await askFrom(deps, asked, { old: asked.old, size })
  if (first.kind !== "seen") return first
  const second = await askFrom(deps, asked, { old: first.size, size })
  return second.kind === "seen" ? unavailable("it says another size each time") : second
}

/** It has seen the log at this size, and not at the one that it was told. */
interface Seen {
  readonly kind: "seen"
  readonly size: number
}

async function askFrom(
  deps: AskWitnessDeps,
  asked: AskedCosignature,
  { old, size }: { readonly old: number; readonly size: number },
): Promise<WitnessAnswer | Seen> {
  if (old > size) return { kind: "ahead", size: old }
  const proof = await deps.prove(old, size)
  if (!proof) return unavailable(`it has seen ${old} entries, and what shows the growth since was pruned`)
  const body = formatAddCheckpoint(old, proof, asked.note)
  const url = `${asked.witness.url.replace(/\/+$/, "")}/add-checkpoint`
  const reply = await deps.post(url, body).catch(wordsOf)
  if (typeof reply === "string") return unavailable(reply)
  if (reply.body.length > MOST_REPLY_BYTES) return unavailable("it answered more than is read")
  return reply.status === 200 ? readCosignature(deps, asked, reply.body) : readRefusal(reply)
}

async function readCosignature(
  { verify, now }: AskWitnessDeps,
  { witness: { key }, note }: AskedCosignature,
  lines: Uint8Array,
): Promise<WitnessAnswer> {
  const { text } = parseNote(note)
  try {
    const cosigned = parseNote(joinBytes([new TextEncoder().encode(`${text}\n`), lines]))
    // A blank line in the answer would move where the text ends, and so what is verified.
    if (cosigned.text !== text) return unavailable("its answer is no list of signatures")
    const [endorsement] = await verifyNote(verify, cosigned, [key])
    const signature = cosigned.signatures.find(({ name, keyId }) => name === key.name && keyId === key.id)
    return timed({ signature, time: endorsement?.time }, now())
  } catch (error) {
    if (error instanceof MalformedRecord) return unavailable("its answer is no list of signatures")
    if (error instanceof UntrustedNote) return unavailable(`its answer does not count: ${error.message}`)
    throw error
  }
}

function timed(
  { signature, time }: { signature: NoteSignature | undefined; time: number | undefined },
  now: Date,
): WitnessAnswer {
  if (!signature || time === undefined) return unavailable("its key is none of a witness")
  if (Math.abs(time - now.getTime() / 1000) > MOST_CLOCK_SECONDS) {
    return unavailable("its clock and ours are more than ten minutes apart")
  }
  return { kind: "cosigned", signature, time }
}

function readRefusal({ status, contentType, body }: WitnessReply): WitnessAnswer | Seen {
  if (status === 409 && /^text\/x\.tlog\.size\s*(;|$)/i.test(contentType)) return readSize(body)
  if (status === 409 || status === 422) {
    return { kind: "split-view", said: `it answered ${status}: it has seen another history of this log` }
  }
  if (status === 403 || status === 404) {
    return { kind: "unknown-log", said: `it answered ${status}: it does not know this log or its key` }
  }
  if (status >= 300 && status < 400) {
    return unavailable(`it answered ${status}: a redirect, which is not followed`)
  }
  return unavailable(`it answered ${status}`)
}

function readSize(body: Uint8Array): WitnessAnswer | Seen {
  const [, digits = ""] = /^(0|[1-9][0-9]{0,15})\n$/.exec(new TextDecoder().decode(body)) ?? []
  const size = Number(digits)
  const isSize = digits !== "" && Number.isSafeInteger(size)
  return isSize ? { kind: "seen", size } : unavailable("it answered 409 with a size that is none")
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : "it did not answer"
}

function unavailable(said: string): WitnessAnswer {
  return { kind: "unavailable", said }
}
