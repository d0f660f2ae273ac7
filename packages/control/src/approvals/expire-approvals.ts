import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact, Transaction } from "../transaction.ts"

export interface ExpireApprovalsDeps extends RecordContext {
  readonly transact: Transact<"approvals" | "outbox">
}

/** How many are marked in one transaction. */
const BATCH = 100

/** Marks questions that nobody answered in time; answers how many. Nothing waits for it: a late answer is refused anyway. */
export async function expireApprovals(deps: ExpireApprovalsDeps): Promise<number> {
  return deps.transact((tx) => markExpired(deps, tx))
}

/** The same within a transaction that goes on: whoever asks anew must not join a question that is over. */
export async function markExpired(
  deps: RecordContext,
  { approvals, outbox }: Pick<Transaction, "approvals" | "outbox">,
): Promise<number> {
  const over = await approvals.expire(deps.clock.now(), BATCH)
  for (const { id, question } of over) {
    await recordEvent(deps, outbox, {
      type: "approval.expired",
      actor: { kind: "system", id: "expiry" },
      agent: question.agent,
      task: question.task,
      approval: id,
    })
  }
  return over.length
}
