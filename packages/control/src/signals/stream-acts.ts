import { type Id, isId, type JsonObject, newId, Problem } from "@tabard/core"
import type { Actor, RecordContext } from "../audit/event/audit-event.ts"
import type { EventType } from "../audit/event/event-types.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transact, Transaction } from "../transaction.ts"
import type { SignalBox } from "./signal-box.ts"
import type { OutgoingSet, SignalStream } from "./signal-stream-store.ts"
import { SIGNAL_URIS } from "./signal-types.ts"

/** What acting on streams needs. */
export interface StreamDeps extends RecordContext {
  readonly transact: Transact<"apiTokens" | "logState" | "outbox" | "signalSets" | "signalStreams">
  readonly box: SignalBox
  /** The issuer of our signals. */
  readonly issuer: string
}

/** Who acts on a stream: an administrator, or its receiver by the API token that stands for it. */
export interface StreamCaller {
  readonly by: Caller
  /** The token that a receiver proves itself with; null where a person sees every stream. */
  readonly receiver: Id<"apiToken"> | null
}

/**
 * Answers a stream by what a caller named it; a receiver's own alone.
 *
 * @throws {Problem} signal_stream_not_found
 */
export async function findStream(
  { signalStreams }: Pick<Transaction, "signalStreams">,
  { receiver }: Pick<StreamCaller, "receiver">,
  id: string,
): Promise<SignalStream> {
  const stream = isId("signalStream", id) ? await signalStreams.find(id) : undefined
  if (!stream || (receiver !== null && stream.receiver !== receiver)) throw noStream(id)
  return stream
}

/** Says that a stream is not there, or is not this receiver's: which of the two is not told. */
export function noStream(id: string): Problem {
  return new Problem("signal_stream_not_found", `there is no stream ${id.slice(0, 80)} (any more)`)
}

/** Changes a stream that nobody changed meanwhile. */
export async function changeStream(
  { signalStreams }: Pick<Transaction, "signalStreams">,
  before: SignalStream,
  to: SignalStream,
): Promise<SignalStream> {
  if (!(await signalStreams.change(before, to)))
    throw new Problem("signal_conflict", "somebody changed this stream meanwhile: look at it again")
  return { ...to, revision: before.revision + 1 }
}

/** What happened to a stream. */
export interface StreamEvent {
  readonly type: Extract<EventType, `signal-stream.${string}`>
  readonly actor: Actor
  readonly data?: JsonObject
}

/** Records what happened to a stream. */
export async function recordStreamEvent(
  deps: RecordContext,
  { outbox }: Pick<Transaction, "outbox">,
  { id, name, delivery }: SignalStream,
  { type, actor, data }: StreamEvent,
): Promise<void> {
  const known = { stream: id, name, method: delivery.method }
  await recordEvent(deps, outbox, { type, actor, data: { ...known, ...data } })
}

/** Answers a signal about a stream itself (SSF 1.0 §8.1.4, §8.1.5): it is delivered first. */
export function controlSet(
  { clock, issuer }: Pick<StreamDeps, "clock" | "issuer">,
  stream: SignalStream,
  type: "stream-updated" | "verification",
  said: JsonObject,
): OutgoingSet {
  const madeAt = clock.now()
  const jti = newId("signal", clock)
  const claims = {
    iss: issuer,
    jti,
    iat: Math.floor(madeAt.getTime() / 1000),
    aud: stream.audience,
    sub_id: { format: "opaque", id: stream.id },
    events: { [SIGNAL_URIS[type]]: said },
  }
  return { jti, stream: stream.id, claims, control: true, madeAt }
}
