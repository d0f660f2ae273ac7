import type { Approval, Id } from "@tabard/core"
import type { Attempt } from "../decisions/attempt.ts"
import type { Transaction } from "../transaction.ts"
import { type ExactAct, isAbout } from "./exact-question.ts"

/** What people have said about exactly this action so far. */
export type Agreement =
  | { readonly kind: "agreed"; readonly approval: Approval }
  | { readonly kind: "refused"; readonly code: "approval_spent" | "denied_by_person"; readonly words: string }
  | { readonly kind: "none" }

/** How long a person's no stands before the same agent may ask them the same again. */
export const NO_STANDS_MS: number = 60 * 60 * 1000

/** How many of an agent's latest answers are looked through. */
export const LATEST = 200

/**
 * Answers what holds of an attempt. A handle names one approval, and a used-up one is refused: it is not asked anew
 * behind a person's back. Without a handle, an unspent approval of exactly this action serves.
 */
export async function findAgreement(
  { approvals }: Pick<Transaction, "approvals">,
  attempt: Attempt,
  { exact, now }: { exact: ExactAct; now: Date },
): Promise<Agreement> {
  const named = attempt.handle === null ? undefined : await approvals.findByHandle(attempt.handle)
  if (named && named.question.agent === attempt.caller.agent) {
    if (named.spentBy !== null && named.spentBy !== attempt.call) return spent(named)
  }
  const used = await usedByThisCall({ approvals }, attempt.call, exact)
  return used ? { kind: "agreed", approval: used } : standingAgreement({ approvals }, exact, now)
}

/** Answers what people have said about exactly this act, as far as it serves whoever does it next. */
export async function standingAgreement(
  { approvals }: Pick<Transaction, "approvals">,
  act: ExactAct,
  now: Date,
): Promise<Agreement> {
  const agreed = (await approvals.spendable(act.agent, act.hash, now)).find((approval) =>
    isAbout(approval, act),
  )
  return agreed ? { kind: "agreed", approval: agreed } : refusedLately({ approvals }, act, now)
}

/** A call whose answer was lost may be asked about again: what it has used serves it still, and nobody else. */
async function usedByThisCall(
  { approvals }: Pick<Transaction, "approvals">,
  call: Id<"call">,
  act: ExactAct,
): Promise<Approval | undefined> {
  const approved = await approvals.list({ state: "approved", agent: act.agent, limit: LATEST })
  return approved.find((approval) => approval.spentBy === call && isAbout(approval, act))
}

async function refusedLately(
  { approvals }: Pick<Transaction, "approvals">,
  { agent, hash }: ExactAct,
  now: Date,
): Promise<Agreement> {
  const denied = await approvals.list({ state: "denied", agent, limit: LATEST })
  const standing = denied.find(
    ({ state, actionHash }) =>
      state.kind === "denied" && actionHash === hash && now.getTime() - state.at.getTime() < NO_STANDS_MS,
  )
  if (!standing) return { kind: "none" }
  const words =
    "a person has denied exactly this; do something else, or ask them yourself what they would agree to"
  return { kind: "refused", code: "denied_by_person", words }
}

function spent({ spentBy }: Approval): Agreement {
  const words = `this approval was used by call ${spentBy}; an approval serves one call: call again without it to ask anew`
  return { kind: "refused", code: "approval_spent", words }
}
