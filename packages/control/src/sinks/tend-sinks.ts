import { type Id, Problem } from "@tabard/core"
import type { Caller } from "../registry/caller.ts"
import { assertAdministrator, findSink, recordSinkEvent, type SinkDeps } from "./sink-acts.ts"
import type { Sink } from "./sink-store.ts"

/**
 * Puts a sink's cursor back, so that everything from there on is carried again under the same keys; answers how many
 * places that is.
 *
 * @throws {Problem} not_allowed, sink_not_found, body_invalid
 */
export async function replaySink(deps: SinkDeps, by: Caller, id: string, place: number): Promise<number> {
  assertAdministrator(by)
  return deps.transact(async (tx) => {
    const sink = await findSink(tx, id)
    const before = await tx.sinkProgress.replay(sink.id, place)
    if (before === undefined)
      throw new Problem("body_invalid", `this sink has not come to entry ${place}: it can only be put back`)
    await recordSinkEvent(deps, tx, by, { type: "sink.replayed", sink, data: { from: before, to: place } })
    return before - place
  })
}

/**
 * Has dead letters of a sink tried again, those named or all; answers how many.
 *
 * @throws {Problem} not_allowed, sink_not_found
 */
export async function retryDeadLetters(
  deps: SinkDeps,
  by: Caller,
  id: string,
  which: readonly Id<"deadLetter">[] | "all",
): Promise<number> {
  assertAdministrator(by)
  return deps.transact(async (tx) => {
    const sink = await findSink(tx, id)
    const letters = await tx.deadLetters.askAgain(sink.id, which)
    if (letters === 0) return 0
    await tx.sinkProgress.wake(sink.id)
    await recordSinkEvent(deps, tx, by, { type: "dead-letter.retried", sink, data: { letters } })
    return letters
  })
}

/** Records that somebody tested a sink, and whether its receiver took the test. */
export async function recordSinkTest(
  deps: Omit<SinkDeps, "box">,
  by: Caller,
  sink: Sink,
  taken: boolean,
): Promise<void> {
  await deps.transact((tx) => recordSinkEvent(deps, tx, by, { type: "sink.tested", sink, data: { taken } }))
}
