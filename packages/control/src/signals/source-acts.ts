import { isId, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { EventType } from "../audit/event/event-types.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import type { Transact, Transaction } from "../transaction.ts"
import type { SignalBox } from "./signal-box.ts"
import type { SignalSource } from "./signal-source-store.ts"

/** What acting on sources needs. */
export interface SourceDeps extends RecordContext {
  readonly transact: Transact<"outbox" | "signalSources">
  readonly box: SignalBox
}

/**
 * Answers a source by what a caller named it.
 *
 * @throws {Problem} signal_source_not_found
 */
export async function findSource(
  { signalSources }: Pick<Transaction, "signalSources">,
  id: string,
): Promise<SignalSource> {
  const source = isId("signalSource", id) ? await signalSources.find(id) : undefined
  if (!source) throw noSource(id)
  return source
}

/** Says that a source is not there. */
export function noSource(id: string): Problem {
  return new Problem("signal_source_not_found", `there is no source of signals ${id.slice(0, 80)} (any more)`)
}

/**
 * Holds back who does not look after signals.
 *
 * @throws {Problem} not_allowed
 */
export function assertKeepsSignals(by: Caller): void {
  if (!isSteward(by)) throw new Problem("not_allowed", "security and administrators look after signals")
}

/** Records what somebody did with a source. */
export async function recordSourceEvent(
  deps: RecordContext,
  { outbox }: Pick<Transaction, "outbox">,
  by: Caller,
  { type, source }: { type: Extract<EventType, `signal-source.${string}`>; source: SignalSource },
): Promise<void> {
  const { id, name, issuer, delivery, state } = source
  const data = { source: id, name, issuer, method: delivery.method, state }
  await recordEvent(deps, outbox, { type, actor: { kind: "user", id: by.id }, data })
}
