import type { Finding } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { Transact } from "../transaction.ts"
import { type FindingStores, reopenFinding } from "./settle-findings.ts"

export interface LapseDeps extends RecordContext {
  readonly transact: Transact<keyof FindingStores>
}

/** How many acceptances are ended in one transaction. */
const BATCH = 100

/** Notes that acceptances are over; answers how many. Nothing waits for it: whoever asks is told by the clock. */
export async function lapseAcceptances(deps: LapseDeps): Promise<number> {
  return deps.transact(async (tx) => {
    const over = await tx.findings.lapsed(deps.clock.now(), BATCH)
    for (const finding of over) await reopenLapsed(deps, tx, finding)
    return over.length
  })
}

/** Opens a finding again whose acceptance is over. */
export async function reopenLapsed(deps: RecordContext, tx: FindingStores, finding: Finding): Promise<void> {
  await reopenFinding(deps, tx, finding, { why: "its acceptance is over" })
}
