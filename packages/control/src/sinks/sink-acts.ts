import { isId, type JsonObject, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { EventType } from "../audit/event/event-types.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transact, Transaction } from "../transaction.ts"
import type { SinkBox } from "./sink-box.ts"
import type { Sink } from "./sink-store.ts"

/** What acting on a sink needs. */
export interface SinkDeps extends RecordContext {
  readonly transact: Transact<"deadLetters" | "logState" | "outbox" | "sinkProgress" | "sinks">
  readonly box: SinkBox
}

/**
 * Answers a sink by what a caller named it.
 *
 * @throws {Problem} sink_not_found
 */
export async function findSink({ sinks }: Pick<Transaction, "sinks">, id: string): Promise<Sink> {
  const sink = isId("sink", id) ? await sinks.find(id) : undefined
  if (!sink) throw noSink(id)
  return sink
}

/** What somebody did with a sink. */
export interface SinkEvent {
  readonly type: EventType
  readonly sink: Sink
  readonly data?: JsonObject
}

/** Records it under who did it. */
export async function recordSinkEvent(
  deps: RecordContext,
  { outbox }: Pick<Transaction, "outbox">,
  by: Caller,
  { type, sink: { id, kind, name }, data }: SinkEvent,
): Promise<void> {
  const actor = { kind: "user", id: by.id } as const
  await recordEvent(deps, outbox, { type, actor, data: { sink: id, kind, name, ...data } })
}

/**
 * Holds back who does not look after export.
 *
 * @throws {Problem} not_allowed
 */
export function assertAdministrator({ role }: Caller): void {
  if (role !== "administrator") throw new Problem("not_allowed", "administrators look after export")
}

/** Says that a sink is not there. */
export function noSink(id: string): Problem {
  return new Problem("sink_not_found", `there is no sink ${id.slice(0, 80)} (any more)`)
}
