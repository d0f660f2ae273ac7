import { type Id, newId } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { StoredEvent } from "../audit/event/event-store.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { nextSets } from "./hand-over.ts"
import type { OutgoingSet, SignalStream, StreamPlace } from "./signal-stream-store.ts"
import { SIGNAL_URIS } from "./signal-types.ts"
import { isSignalled, type Signal, type SignalReads, signalsOf } from "./signals-of.ts"
import { changeStream, controlSet, recordStreamEvent } from "./stream-acts.ts"
import { type SubjectNames, spellingsOf, subjectId } from "./subject.ts"

/** The stores that transmitting touches. */
type TransmitStores = SignalReads & Pick<Transaction, "outbox" | "signalSets" | "signalStreams">

export interface TransmitDeps extends RecordContext {
  readonly transact: Transact<keyof TransmitStores>
  /** The issuer of our signals. */
  readonly issuer: string
}

/** How many events are looked at in one transaction. */
const BATCH = 500

/** How many signals wait for one receiver at most; what comes beyond them is counted, and not kept. */
export const MOST_WAITING = 10_000

/**
 * Looks at the next events of the log for one stream, and keeps what its receiver is told of in the transaction that moves
 * the stream's place: stopped at any line, the next run goes on where this one was, and nothing is told twice or never.
 * Answers how many events it looked at.
 */
export async function transmit(deps: TransmitDeps, id: Id<"signalStream">): Promise<number> {
  return deps.transact(async (tx) => {
    const stream = await tx.signalStreams.find(id)
    const place = (await tx.signalStreams.places()).find((one) => one.stream === id)?.place
    if (!stream || place === undefined) return 0
    const events = await tx.outbox.range(place, place + BATCH)
    // Somebody else has looked at these.
    if (events.length === 0 || !(await tx.signalStreams.step(id, place, place + events.length))) return 0
    if (stream.status !== "disabled") await keep(deps, tx, stream, await setsOf(deps, tx, stream, events))
    return events.length
  })
}

async function setsOf(
  deps: TransmitDeps,
  tx: TransmitStores,
  stream: SignalStream,
  events: readonly StoredEvent[],
): Promise<readonly OutgoingSet[]> {
  const names = namesOf(deps)
  const sets = new Map<string, OutgoingSet>()
  for (const event of events.filter(({ type }) => isSignalled(type))) {
    for (const signal of await signalsOf(tx, event)) {
      if (!stream.types.includes(signal.type)) continue
      if (!(await isTold(tx, stream, spellingsOf(names, signal.subject)))) continue
      const set = setOf(deps, stream, event, signal)
      // One act has several events; what two of them say alike is told once.
      const alike = JSON.stringify([signal.type, set.claims["sub_id"], event.at])
      if (!sets.has(alike)) sets.set(alike, set)
    }
  }
  return [...sets.values()]
}

function setOf(deps: TransmitDeps, stream: SignalStream, event: StoredEvent, signal: Signal): OutgoingSet {
  const jti = newId("signal", deps.clock)
  const madeAt = deps.clock.now()
  const claims = {
    iss: deps.issuer,
    jti,
    iat: Math.floor(madeAt.getTime() / 1000),
    aud: stream.audience,
    txn: event.id,
    sub_id: subjectId(namesOf(deps), stream.form, signal.subject),
    events: { [SIGNAL_URIS[signal.type]]: signal.said },
  }
  return { jti, stream: stream.id, claims, control: false, madeAt }
}

async function isTold(
  { signalStreams }: TransmitStores,
  stream: SignalStream,
  spellings: readonly string[],
): Promise<boolean> {
  const { told } = await signalStreams.subjects(stream.id, spellings)
  const said = [...told.values()]
  return said.length === 0 ? stream.everybody : said.includes(true)
}

/** A receiver that never fetches must not fill the disk: where too much waits, the stream is paused, and says so. */
async function keep(
  deps: TransmitDeps,
  tx: TransmitStores,
  stream: SignalStream,
  sets: readonly OutgoingSet[],
): Promise<void> {
  if (sets.length === 0) return
  const room = Math.max(0, MOST_WAITING - (await tx.signalSets.countWaiting(stream.id)))
  await tx.signalSets.addAll(sets.slice(0, room))
  if (sets.length <= room) return
  await tx.signalStreams.count(stream.id, { dropped: sets.length - room })
  if (stream.status !== "enabled") return
  const reason = `${MOST_WAITING} signals wait: fetch them, then enable the stream`
  const paused = await changeStream(tx, stream, { ...stream, status: "paused", reason })
  await tx.signalSets.addAll([controlSet(deps, paused, "stream-updated", { status: "paused", reason })])
  const actor = { kind: "system", id: "signals" } as const
  const data = { status: "paused", reason }
  await recordStreamEvent(deps, tx, paused, { type: "signal-stream.changed", actor, data })
}

function namesOf({ organisation, issuer }: TransmitDeps): SubjectNames {
  return { trustDomain: organisation.trustDomain, issuer }
}

/** The streams that something is to be done for. */
export interface StreamsAhead {
  /** Whose place is behind the log. */
  readonly behind: readonly SignalStream[]
  /** For which something waits that may be pushed by now. */
  readonly due: readonly SignalStream[]
}

/** Answers the streams that something is to be done for; where nothing happens, nothing is written either. */
export async function streamsAhead(
  tx: Pick<Transaction, "logState" | "signalSets" | "signalStreams">,
  now: Date,
): Promise<StreamsAhead> {
  const streams = await tx.signalStreams.list()
  if (streams.length === 0) return { behind: [], due: [] }
  const end = (await tx.logState.find())?.sequenced ?? 0
  const places = new Map((await tx.signalStreams.places()).map((one) => [one.stream, one]))
  const behind = streams.filter(({ id }) => (places.get(id)?.place ?? end) < end)
  const due: SignalStream[] = []
  for (const stream of streams) {
    if (!isPushable(stream, places.get(stream.id), now)) continue
    // Of one that is paused only what is about the stream itself goes out.
    if ((await nextSets(tx, stream, 1)).length > 0) due.push(stream)
  }
  return { behind, due }
}

function isPushable({ delivery }: SignalStream, at: StreamPlace | undefined, now: Date): boolean {
  return delivery.method === "push" && at !== undefined && (at.due === null || at.due <= now)
}
