import {
  type Approval,
  type ApprovalQuestion,
  type ApprovalState,
  type Id,
  isId,
  Problem,
  type User,
} from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { assertMayGovern } from "../self-government/assert-may-govern.ts"
import { recordingRefusal } from "../self-government/governed-shelf.ts"
import type { NamingReads } from "../self-government/node-names.ts"
import type { GovernmentReads } from "../self-government/predecessors.ts"
import { type JudgeStore, judgeRequest } from "../tokens/bounds-of-request.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { requireAskable } from "./require-askable.ts"
import { requestIn } from "./token-question.ts"

export interface ResolveApprovalDeps extends RecordContext {
  readonly transact: Transact<ResolveStores>
}

type ResolveStores = JudgeStore | keyof GovernmentReads | keyof NamingReads | "approvals" | "outbox"

/** A person's answer. */
export type Verdict = "approved" | "denied"

/**
 * Records a person's verdict on what an agent asked to do.
 *
 * The verdict and its event commit together: an approval that could not be shown afterwards must not count. It is
 * evidence for the next decision and never a way around one: policy and owner are judged again when it is spent. Whoever
 * asks has no say in it: neither the agent, nor a person whom it, or who acts with it, could make itself pass for.
 *
 * @throws {Problem} approval_not_found, not_an_approver, self_government, approval_already_resolved, approval_expired; and
 * where a token is agreed to, whatever would refuse it now
 */
export async function resolveApproval(
  deps: ResolveApprovalDeps,
  by: Id<"user">,
  id: string,
  verdict: Verdict,
): Promise<Approval> {
  const { transact, clock } = deps
  return recordingRefusal(deps, deps, { operation: "answerApproval", caller: by }, () =>
    transact(async (tx) => {
      const approval = isId("approval", id) ? await tx.approvals.find(id) : undefined
      if (!approval) throw new Problem("approval_not_found", `there is no approval ${id.slice(0, 80)}`)
      assertMayResolve(approval, await tx.users.find(by))

      const now = clock.now()
      const state = { kind: verdict, by, at: now } as const
      if (verdict === "approved") {
        await assertMayGovern(tx, { actor: by, changed: askersOf(approval.question) }, now)
        await assertGivable(tx, approval.question, now)
      }
      if (!(await tx.approvals.resolve(approval.id, state, now))) throw whyNot(approval, now)
      await recordAnswer(deps, tx, approval, { verdict, by })
      return { ...approval, state }
    }),
  )
}

async function recordAnswer(
  deps: RecordContext,
  { outbox }: Pick<Transaction, "outbox">,
  { id, actionHash, bindingHash, question: { agent, instance, task } }: Approval,
  { verdict, by }: { readonly verdict: Verdict; readonly by: Id<"user"> },
): Promise<void> {
  await recordEvent(deps, outbox, {
    type: `approval.${verdict}`,
    actor: { kind: "user", id: by },
    agent,
    instance,
    task,
    approval: id,
    data: { actionHash, bindingHash },
  })
}

/** The agent that asks, and every one through which it does. */
function askersOf({ agent, chain }: ApprovalQuestion): readonly Id<"agent">[] {
  return [...new Set([agent, ...chain.filter((link) => isId("agent", link))])]
}

/** Only a named approver who is still here may answer; the asking agent has no way to be one. */
function assertMayResolve(approval: Approval, user: User | undefined): void {
  if (user?.active && approval.approvers.includes(user.id)) return
  throw new Problem("not_an_approver", "this question is not yours to answer")
}

/** Nobody says yes to a token that their agent could not have now. */
async function assertGivable(
  tx: Pick<Transaction, JudgeStore | "maintainers">,
  question: ApprovalQuestion,
  now: Date,
): Promise<void> {
  if (question.kind !== "token") return
  await requireAskable(tx, question.agent, question.token.served)
  await judgeRequest(tx, { ...requestIn(question), lifetimeSeconds: 1 }, now)
}

function whyNot({ id, state, expiresAt }: Approval, now: Date): Problem {
  return state.kind === "pending" && expiresAt <= now
    ? new Problem("approval_expired", `${id} expired; the agent has to ask again`)
    : new Problem("approval_already_resolved", `${id} is ${wordFor(state)} already`)
}

function wordFor(state: ApprovalState): string {
  return state.kind === "pending" ? "answered" : state.kind
}
