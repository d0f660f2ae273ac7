import type { RecordContext } from "../audit/event/audit-event.ts"
import type { Transact } from "../transaction.ts"
import { type FailedTry, recordRecovery, recordTrouble } from "./record-trouble.ts"
import type { SignalSource } from "./signal-source-store.ts"

export interface SettleAskingDeps extends RecordContext {
  readonly transact: Transact<"outbox" | "signalSources">
}

/** How soon a source is asked again that did not answer: twice as late each time. */
const RETRY_MS = { first: 2_000, most: 5 * 60_000 }

/**
 * Keeps what came of asking a source: that it answered, or why not and when it is asked again. Administrators are told once
 * where a person has to put something right, or it has gone on for an hour.
 */
export async function settleAsking(
  deps: SettleAskingDeps,
  { id, name }: Pick<SignalSource, "id" | "name">,
  failed: FailedTry | undefined,
): Promise<void> {
  await deps.transact(async (tx) => {
    const at = deps.clock.now()
    const before = (await tx.signalSources.progress()).find(({ source }) => source === id)
    if (!failed) {
      await recordRecovery(deps, tx, { source: id, name }, before)
      return tx.signalSources.hear(id, { kind: "answered", at })
    }
    const told = await recordTrouble(deps, tx, { source: id, name }, { before, failed })
    const rest = Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** Math.min(before?.failures ?? 0, 20))
    const due = new Date(at.getTime() + rest)
    await tx.signalSources.hear(id, { kind: "failed", at, due, said: failed.said, told })
  })
}
