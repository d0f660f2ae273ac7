import { type LogFaultKind, recordStanding, type Shelf } from "@tabard/control"
import type { Clock } from "@tabard/core"
import { TamperedLog } from "@tabard/log"

/**
 * Publishes, and tells the store what keeps it from that, so that every process knows. What was told is taken back once
 * the log grows again, or nothing waits for it any more.
 */
export async function publishTold(
  publish: () => Promise<number>,
  { shelf, clock }: { readonly shelf: Shelf; readonly clock: Clock },
): Promise<number> {
  try {
    const gained = await publish()
    if (await isOver(shelf, gained)) await shelf.transact(({ logFaults }) => logFaults.clear())
    return gained
  } catch (error) {
    const kind: LogFaultKind = error instanceof TamperedLog ? "tampered" : "failing"
    await shelf
      .transact(({ logFaults }) => logFaults.tell({ kind, since: clock.now() }))
      .catch(() => undefined)
    throw error
  }
}

async function isOver({ snapshot }: Shelf, gained: number): Promise<boolean> {
  const fault = await snapshot(({ logFaults }) => logFaults.find())
  return fault !== undefined && (gained > 0 || (await snapshot(recordStanding)).waitingSince === null)
}
