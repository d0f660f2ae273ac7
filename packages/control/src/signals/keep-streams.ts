import { type Id, newId, Problem } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import type { SignalDelivery, SignalStream, StreamStatus } from "./signal-stream-store.ts"
import { transmittedAmong } from "./signal-types.ts"
import {
  changeStream,
  controlSet,
  findStream,
  noStream,
  recordStreamEvent,
  type StreamCaller,
  type StreamDeps,
} from "./stream-acts.ts"

/** What a stream is made with. */
export interface StreamWish extends Pick<SignalStream, "name" | "requested" | "form" | "everybody"> {
  readonly delivery: SignalDelivery
  /** The header that a push carries; none where the receiver asks for none. */
  readonly header: string | null
  /** What the receiver is called in our tokens; null for a name of ours. */
  readonly audience: string | null
  /** The token by which it is managed as its receiver. */
  readonly receiver: Id<"apiToken"> | null
}

/** The most streams of one organisation, and of one receiver. */
const MOST_STREAMS = 20
const MOST_OF_RECEIVER = 5

/**
 * Makes a stream that tells a receiver what happens from now on.
 *
 * @throws {Problem} not_allowed, body_invalid, api_token_not_found
 */
export async function makeStream(
  deps: StreamDeps,
  { by, receiver: token }: StreamCaller,
  wish: StreamWish,
): Promise<SignalStream> {
  const { name, requested, form, everybody, delivery, header } = wish
  const id = newId("signalStream", deps.clock)
  const receiver = token ?? wish.receiver
  const stream: SignalStream = {
    id,
    name,
    receiver,
    delivery,
    requested,
    form,
    everybody,
    audience: wish.audience ?? `urn:tabard:receiver:${receiver ?? id}`,
    types: requireTypes(requested),
    sealed: header === null ? null : deps.box.seal(id, header),
    status: "enabled",
    reason: null,
    revision: 1,
    madeBy: by.id,
    madeAt: deps.clock.now(),
  }
  await deps.transact(async (tx) => {
    await assertReceiver(tx, receiver)
    assertRoom(await tx.signalStreams.list(), receiver)
    await tx.signalStreams.insert(stream, (await tx.logState.find())?.sequenced ?? 0)
    const data = { types: [...stream.types], audience: stream.audience }
    await recordStreamEvent(deps, tx, stream, { type: "signal-stream.made", actor: actorOf(by), data })
  })
  return stream
}

/** What of a stream is to be other than it was: what is undefined stays. */
export interface StreamRevision {
  readonly name?: string | undefined
  readonly requested?: readonly string[] | undefined
  readonly delivery?: SignalDelivery | undefined
  /** Undefined keeps the header that is sealed, null takes it away. */
  readonly header?: string | null | undefined
  readonly form?: SignalStream["form"] | undefined
  readonly receiver?: Id<"apiToken"> | null | undefined
}

/**
 * Changes what a stream carries, or how. Its audience and what waits in it stay.
 *
 * @throws {Problem} signal_stream_not_found, signal_conflict, body_invalid, api_token_not_found
 */
export async function reviseStream(
  deps: StreamDeps,
  caller: StreamCaller,
  id: string,
  to: StreamRevision,
): Promise<SignalStream> {
  return deps.transact(async (tx) => {
    const before = await findStream(tx, caller, id)
    if (to.receiver !== undefined) await assertReceiver(tx, to.receiver)
    const after = await changeStream(tx, before, revised(deps, before, to))
    await tx.signalStreams.wake(before.id)
    const data = { types: [...after.types], status: after.status }
    const actor = actorOf(caller.by)
    await recordStreamEvent(deps, tx, after, { type: "signal-stream.changed", actor, data })
    return after
  })
}

function revised(deps: StreamDeps, before: SignalStream, to: StreamRevision): SignalStream {
  const delivery = to.delivery ?? before.delivery
  // A header belongs to the address that it was given for: it never follows the stream to another one.
  const kept = isSame(delivery, before.delivery) ? before.sealed : null
  const sealed = to.header === undefined ? kept : to.header && deps.box.seal(before.id, to.header)
  return {
    ...before,
    name: to.name ?? before.name,
    form: to.form ?? before.form,
    receiver: to.receiver === undefined ? before.receiver : to.receiver,
    ...(to.requested && { requested: to.requested, types: requireTypes(to.requested) }),
    delivery,
    sealed: sealed || null,
  }
}

function isSame(one: SignalDelivery, other: SignalDelivery): boolean {
  return one.method === "push" && other.method === "push" && one.url === other.url
}

/**
 * Has a stream deliver, hold what comes, or neither. Where its receiver does not ask for it itself, it is told in the stream.
 *
 * @throws {Problem} signal_stream_not_found, signal_conflict
 */
export async function setStreamStatus(
  deps: StreamDeps,
  caller: StreamCaller,
  id: string,
  { status, reason }: { readonly status: StreamStatus; readonly reason: string | null },
): Promise<SignalStream> {
  return deps.transact(async (tx) => {
    const before = await findStream(tx, caller, id)
    if (before.status === status && before.reason === reason) return before
    const after = await changeStream(tx, before, { ...before, status, reason })
    if (status === "disabled") await tx.signalSets.clear(before.id)
    // What happened while it was disabled is told to nobody, also where nobody has looked at it yet.
    else if (before.status === "disabled") await skipToEnd(tx, before.id)
    if (caller.receiver === null && before.status !== status)
      await tx.signalSets.addAll([
        controlSet(deps, after, "stream-updated", { status, ...(reason && { reason }) }),
      ])
    await tx.signalStreams.wake(before.id)
    const actor = actorOf(caller.by)
    await recordStreamEvent(deps, tx, after, { type: "signal-stream.changed", actor, data: { status } })
    return after
  })
}

async function skipToEnd(
  tx: Pick<Transaction, "logState" | "signalStreams">,
  id: Id<"signalStream">,
): Promise<void> {
  const place = (await tx.signalStreams.places()).find(({ stream }) => stream === id)?.place
  const end = (await tx.logState.find())?.sequenced ?? 0
  if (place !== undefined && place < end) await tx.signalStreams.step(id, place, end)
}

/**
 * Removes a stream with its header, its subjects and what waits in it.
 *
 * @throws {Problem} signal_stream_not_found
 */
export async function removeStream(deps: StreamDeps, caller: StreamCaller, id: string): Promise<void> {
  await deps.transact(async (tx) => {
    const stream = await findStream(tx, caller, id)
    const waiting = await tx.signalSets.countWaiting(stream.id)
    if (!(await tx.signalStreams.remove(stream.id, deps.clock.now()))) throw noStream(id)
    const actor = actorOf(caller.by)
    await recordStreamEvent(deps, tx, stream, { type: "signal-stream.removed", actor, data: { waiting } })
  })
}

async function assertReceiver(
  { apiTokens }: Pick<Transaction, "apiTokens">,
  receiver: Id<"apiToken"> | null,
): Promise<void> {
  const token = receiver && (await apiTokens.find(receiver))
  if (receiver !== null && (!token || token.revoked))
    throw new Problem(
      "api_token_not_found",
      "there is no such API token (any more): make one for the receiver",
    )
}

function assertRoom(all: readonly SignalStream[], receiver: Id<"apiToken"> | null): void {
  const own = all.filter((one) => receiver !== null && one.receiver === receiver)
  if (all.length < MOST_STREAMS && own.length < MOST_OF_RECEIVER) return
  const most = all.length < MOST_STREAMS ? `a receiver has ${MOST_OF_RECEIVER}` : `there are ${MOST_STREAMS}`
  throw new Problem("not_allowed", `${most} streams at most: remove one that is not needed`)
}

function requireTypes(requested: readonly string[]): SignalStream["types"] {
  const types = transmittedAmong(requested)
  if (types.length === 0)
    throw new Problem("body_invalid", "ask for at least one kind of signal that is among events_supported")
  return types
}

function actorOf({ id }: StreamCaller["by"]) {
  return { kind: "user", id } as const
}
