import { type JsonObject, newId, Problem, type SinkChoice } from "@tabard/core"
import { EVENT_TYPES } from "../audit/event/event-types.ts"
import { newSigningSecret } from "../notifications/channel-seal.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transaction } from "../transaction.ts"
import { assertSecretStays } from "./assert-secret-stays.ts"
import { assertAdministrator, findSink, noSink, recordSinkEvent, type SinkDeps } from "./sink-acts.ts"
import type { Sink, SinkState } from "./sink-store.ts"

/** What a sink is made with; its settings and secrets were held to what the kind demands. */
export interface SinkWish
  extends Pick<Sink, "kind" | "name" | "content" | "settings" | "choice" | "checkpoints"> {
  readonly secrets: JsonObject
  /** From where on it carries: all that there is, or what comes from now on. */
  readonly from: "beginning" | "now"
}

/** A sink as it is made or changed: a secret that was made for it is shown this once. */
export interface ShownSink {
  readonly sink: Sink
  readonly secret: string | null
}

/** The most sinks of one organisation. */
const MOST_SINKS = 20

/**
 * Makes a sink that carries the record to a receiver. Its secrets are sealed before it is kept.
 *
 * @throws {Problem} not_allowed, body_invalid
 */
export async function makeSink(deps: SinkDeps, by: Caller, wish: SinkWish): Promise<ShownSink> {
  assertAdministrator(by)
  assertKnown(wish.choice)
  const { clock } = deps
  const { secrets, from, ...known } = wish
  const id = newId("sink", clock)
  const made = withSecret(wish.kind, secrets)
  const sealed = deps.box.seal(id, made.secrets)
  const madeAt = clock.now()
  const sink: Sink = { id, ...known, sealed, state: "running", revision: 1, madeBy: by.id, madeAt }
  await deps.transact(async (tx) => {
    const all = await tx.sinks.list()
    if (all.length >= MOST_SINKS)
      throw new Problem("not_allowed", `there are ${MOST_SINKS} sinks: remove one that is not needed`)
    assertApart(sink, all)
    const place = from === "now" ? ((await tx.logState.find())?.published ?? 0) : 0
    await tx.sinks.insert(sink)
    await tx.sinkProgress.begin(id, place)
    await recordSinkEvent(deps, tx, by, { type: "sink.made", sink, data: { content: sink.content, place } })
  })
  return { sink, secret: made.shown }
}

/** What of a sink is to be other than it was; secrets are kept where none are given. */
export interface SinkRevision
  extends Pick<Sink, "kind" | "name" | "content" | "settings" | "choice" | "checkpoints"> {
  readonly secrets: JsonObject | null
}

/**
 * Changes what a sink carries, and how. Its kind and its place stay.
 *
 * @throws {Problem} not_allowed, sink_not_found, sink_conflict, body_invalid
 */
export async function changeSink(
  deps: SinkDeps,
  by: Caller,
  id: string,
  to: SinkRevision,
): Promise<ShownSink> {
  assertAdministrator(by)
  assertKnown(to.choice)
  return deps.transact(async (tx) => {
    const before = await findSink(tx, id)
    if (before.kind !== to.kind)
      throw new Problem("body_invalid", `this sink carries to ${before.kind}: make a new one for ${to.kind}`)
    if (!to.secrets) assertSecretStays(before, to)
    const made = to.secrets && withSecret(to.kind, to.secrets)
    const sealed = made ? deps.box.seal(before.id, made.secrets) : before.sealed
    const { name, content, settings, choice, checkpoints } = to
    const sink: Sink = { ...before, name, content, settings, choice, checkpoints, sealed }
    assertApart(sink, await tx.sinks.list())
    await change(tx, before, sink)
    await tx.sinkProgress.wake(sink.id)
    await recordSinkEvent(deps, tx, by, {
      type: "sink.changed",
      sink,
      data: { content, secrets: made !== null },
    })
    return { sink: { ...sink, revision: before.revision + 1 }, secret: made?.shown ?? null }
  })
}

/**
 * Has a sink wait where it is, or go on from there.
 *
 * @throws {Problem} not_allowed, sink_not_found, sink_conflict
 */
export async function setSinkState(deps: SinkDeps, by: Caller, id: string, state: SinkState): Promise<Sink> {
  assertAdministrator(by)
  return deps.transact(async (tx) => {
    const before = await findSink(tx, id)
    if (before.state === state) return before
    const sink: Sink = { ...before, state }
    await change(tx, before, sink)
    await tx.sinkProgress.wake(sink.id)
    await recordSinkEvent(deps, tx, by, { type: state === "paused" ? "sink.paused" : "sink.resumed", sink })
    return { ...sink, revision: before.revision + 1 }
  })
}

/**
 * Removes a sink with what it sealed, its place and its dead letters.
 *
 * @throws {Problem} not_allowed, sink_not_found
 */
export async function removeSink(deps: SinkDeps, by: Caller, id: string): Promise<void> {
  assertAdministrator(by)
  await deps.transact(async (tx) => {
    const sink = await findSink(tx, id)
    const progress = await tx.sinkProgress.find(sink.id)
    if (!(await tx.sinks.remove(sink.id, deps.clock.now()))) throw noSink(id)
    await tx.sinkProgress.forget(sink.id)
    await tx.deadLetters.forget(sink.id)
    await recordSinkEvent(deps, tx, by, { type: "sink.removed", sink, data: { place: progress?.place ?? 0 } })
  })
}

async function change({ sinks }: Pick<Transaction, "sinks">, before: Sink, to: Sink): Promise<void> {
  if (!(await sinks.change(before, to)))
    throw new Problem("sink_conflict", "somebody changed this sink meanwhile: look at it again")
}

/** A webhook that is given no signing secret gets one; whoever reads it there is shown it this once. */
function withSecret(kind: Sink["kind"], secrets: JsonObject): { secrets: JsonObject; shown: string | null } {
  if (kind !== "webhook" || secrets["signing"] !== undefined) return { secrets, shown: null }
  const signing = newSigningSecret()
  return { secrets: { ...secrets, signing }, shown: signing }
}

function assertKnown(choice: SinkChoice): void {
  if (choice.kind !== "types") return
  const known: readonly string[] = EVENT_TYPES
  const unknown = choice.types.find((type) => !known.includes(type))
  if (unknown !== undefined)
    throw new Problem(
      "body_invalid",
      `${unknown.slice(0, 80)} is no type of event: see docs/events.md for all`,
    )
}

/** Two sinks that write into one folder would spoil each other's files. */
function assertApart(sink: Sink, all: readonly Sink[]): void {
  const directory = sink.settings["directory"]
  const other = all.find(({ id, kind, settings }) => {
    return id !== sink.id && kind === "jsonl" && sink.kind === "jsonl" && settings["directory"] === directory
  })
  if (other) throw new Problem("body_invalid", `${other.name} writes into this folder already: name another`)
}
