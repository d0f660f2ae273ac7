import type { Approval, Id } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { findAwaited, type KeptAwaited, keepPolled } from "./awaited-token.ts"
import type { AnsweredToken } from "./spend-on-token.ts"
import { requestIn } from "./token-question.ts"

/** What polling needs. */
export interface PollForTokenDeps extends RecordContext {
  readonly transact: Transact<"approvals" | "oauthModels">
}

/** What an agent is told that asks whether its person has answered. */
export type PollAnswer =
  | { readonly kind: "pending" | "too-soon" | "denied" | "expired" | "unknown" }
  | {
      readonly kind: "approved"
      readonly by: Id<"user">
      readonly request: ReturnType<typeof requestIn>
      readonly answered: AnsweredToken
    }

/** A poll that is on its way for longer than the one before must not seem too soon. */
const GRACE_MS = 1000

const SLOWER_SECONDS = 5

/**
 * Answers an install that comes back with the id of a request of its own. What a person agreed to is handed out as it was
 * asked; whether it may be had now is judged where the token is issued, which is where the answer is used up.
 */
export async function pollForToken(
  { transact, clock }: PollForTokenDeps,
  { instance, id }: { instance: Id<"instance">; id: string },
): Promise<PollAnswer> {
  return transact(async (tx) => {
    const now = clock.now()
    const kept = await findAwaited(tx, id, now)
    if (kept?.awaited.instance !== instance) return { kind: "unknown" }
    const approval = await tx.approvals.find(kept.awaited.approval)
    if (!approval || approval.spentBy) return { kind: "unknown" }
    const answer = answerIn(approval, kept, now)
    return answer ?? { kind: await polled(tx, kept, now) }
  })
}

/** Answers what was said to a question; undefined while it waits. */
function answerIn(
  { id, question, state, expiresAt }: Approval,
  { key, awaited }: KeptAwaited,
  now: Date,
): PollAnswer | undefined {
  if (question.kind !== "token") return { kind: "unknown" }
  if (state.kind === "denied" || state.kind === "cancelled") return { kind: "denied" }
  if (state.kind === "expired" || expiresAt <= now) return { kind: "expired" }
  if (state.kind === "pending") return undefined
  const answered = { approval: id, call: awaited.call, awaited: key }
  return { kind: "approved", by: state.by, request: requestIn(question), answered }
}

/** Whoever polls too soon has to wait longer from then on. */
async function polled(
  tx: Pick<Transaction, "oauthModels">,
  kept: KeptAwaited,
  now: Date,
): Promise<"pending" | "too-soon"> {
  const isTooSoon = now < kept.awaited.next
  const interval = kept.awaited.interval + (isTooSoon ? SLOWER_SECONDS : 0)
  const next = new Date(now.getTime() + interval * 1000 - GRACE_MS)
  await keepPolled(tx, kept, { interval, next })
  return isTooSoon ? "too-soon" : "pending"
}
