import type { Snapshot, Transact } from "../../transaction.ts"

export interface MarkEventsDeps {
  readonly snapshot: Snapshot<"outbox">
  readonly transact: Transact<"outbox">
}

/** How many events are marked in one transaction, so that it is over in moments. */
const PORTION = 250

/** Marks a portion of the events that an older program kept with what they are found by; answers how many there were. */
export async function markEvents({ snapshot, transact }: MarkEventsDeps): Promise<number> {
  const events = await snapshot(({ outbox }) => outbox.unmarked(PORTION))
  // Nothing is written once all are marked, and marking twice, by two replicas, is marking once.
  if (events.length > 0) await transact(({ outbox }) => outbox.mark(events))
  return events.length
}
