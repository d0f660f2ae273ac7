import type { JsonObject } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { isForPeople } from "../sinks/is-for-people.ts"
import type { Transaction } from "../transaction.ts"
import type { SignalTrouble } from "./signal-stream-store.ts"

/** Which stream or source something is the matter with, by its id and name. */
export type Troubled = { readonly name: string } & ({ readonly stream: string } | { readonly source: string })

/** A try that failed: whether a person has to put something right, and why in words of ours. */
export interface FailedTry {
  readonly kind: "held" | "later"
  readonly said: string
}

/**
 * Records once that signals do not go where they should, where it is for people to know, and answers whether the record
 * tells of it by now.
 */
export async function recordTrouble(
  deps: RecordContext,
  tx: Pick<Transaction, "outbox">,
  of: Troubled,
  { before, failed }: { readonly before: SignalTrouble | undefined; readonly failed: FailedTry },
): Promise<boolean> {
  const now = deps.clock.now()
  if (before?.told) return true
  if (!isForPeople(failed.kind, before?.troubledSince ?? now, now)) return false
  await record(deps, tx, "signal.stalled", { ...of, said: failed.said })
  return true
}

/** Records that a trouble of which the record tells is over. */
export async function recordRecovery(
  deps: RecordContext,
  tx: Pick<Transaction, "outbox">,
  of: Troubled,
  before: SignalTrouble | undefined,
): Promise<void> {
  if (before?.told) await record(deps, tx, "signal.recovered", of)
}

async function record(
  deps: RecordContext,
  { outbox }: Pick<Transaction, "outbox">,
  type: "signal.recovered" | "signal.stalled",
  data: JsonObject,
): Promise<void> {
  await recordEvent(deps, outbox, { type, actor: { kind: "system", id: "signals" }, data })
}
