import type { LogState } from "./log-state-store.ts"
import { advance, anotherWentOn, beginningOf, type WriteLogDeps } from "./write-log.ts"

/** How many events get their places in one transaction: other writers wait for some milliseconds at most. */
const BATCH = 1_000

/**
 * Gives waiting events their places, by one statement for all of them. Once committed, which entry an event is can
 * never change.
 *
 * @throws {LeaseLost} where another process publishes by now, or another log has followed
 */
export async function sequenceEvents({
  transact,
  signer,
  sha256,
  fence,
}: Pick<WriteLogDeps, "transact" | "signer" | "sha256" | "fence">): Promise<LogState> {
  const first = beginningOf({ generation: 1, base: 0, origin: signer.key.name }, sha256)
  return transact(async ({ logState, outbox }) => {
    const from = await logState.ensure(first)
    if (from.origin !== signer.key.name) throw anotherWentOn()
    const placed = await outbox.sequenceWaiting(from.sequenced, BATCH)
    if (placed === 0) return from
    return advance(logState, { from, to: { ...from, sequenced: from.sequenced + placed }, fence })
  })
}
