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
import type { RoutePeople } from "./people-asked.ts"
import { requireAskable } from "./require-askable.ts"
import { peopleStillAsked, routesOfPerson, stillNeeded } from "./routes-agreed.ts"
import { requestIn } from "./token-question.ts"

export interface ResolveApprovalDeps extends RecordContext {
  readonly transact: Transact<ResolveStores>
}

type ResolveStores = JudgeStore | keyof GovernmentReads | keyof NamingReads | "approvals" | "outbox"

/** A person's answer. */
export type Verdict = "approved" | "denied"

/**
 * Records a person's verdict on what an agent asked to do. One no ends the question; it is approved with the yes by which
 * enough different people have agreed by each route, all of whom are asked still as the last one does.
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
      const asked = await peopleStillAsked(tx, approval)
      assertMayResolve(asked, await tx.users.find(by))
      if (verdict === "approved") return agree(deps, tx, approval, { by, asked })

      const now = clock.now()
      const state = { kind: verdict, by, at: now } as const
      if (!(await tx.approvals.resolve(approval.id, state, now))) throw whyNot(approval, now)
      await recordAnswer(deps, tx, approval, { type: "approval.denied", by })
      return { ...approval, state }
    }),
  )
}

/** Adds a yes; the one that others do not have to follow approves. */
async function agree(
  deps: RecordContext,
  tx: Pick<Transaction, ResolveStores>,
  approval: Approval,
  { by, asked }: { readonly by: Id<"user">; readonly asked: readonly RoutePeople[] },
): Promise<Approval> {
  const now = deps.clock.now()
  await assertMayGovern(tx, { actor: by, changed: askersOf(approval.question) }, now)
  await assertGivable(tx, approval.question, now)
  const yes = {
    by,
    at: now,
    routes: routesOfPerson(asked, by).filter((route) => approval.routes.includes(route)),
  }
  const agreed = [...approval.agreed, yes]
  const open = stillNeeded(asked, agreed)
  const wins = await tx.approvals.agree(approval, { yes, approves: open === 0 }, now)
  if (!wins) throw whyNot(approval, now, by)
  const type = open === 0 ? "approval.approved" : "approval.agreed"
  await recordAnswer(deps, tx, approval, { type, by, ...(open > 0 && { open }) })
  return { ...approval, agreed, ...(open === 0 && { state: { kind: "approved", by, at: now } }) }
}

type AnswerType = "approval.agreed" | "approval.approved" | "approval.denied"

async function recordAnswer(
  deps: RecordContext,
  { outbox }: Pick<Transaction, "outbox">,
  { id, actionHash, bindingHash, question: { agent, instance, task } }: Approval,
  { type, by, open }: { readonly type: AnswerType; readonly by: Id<"user">; readonly open?: number },
): Promise<void> {
  await recordEvent(deps, outbox, {
    type,
    actor: { kind: "user", id: by },
    agent,
    instance,
    task,
    approval: id,
    data: { actionHash, bindingHash, ...(open !== undefined && { stillNeeded: open }) },
  })
}

/** The agent that asks, and every one through which it does. */
function askersOf({ agent, chain }: ApprovalQuestion): readonly Id<"agent">[] {
  return [...new Set([agent, ...chain.filter((link) => isId("agent", link))])]
}

/** Only who was asked, is here and holds still what they were asked for may answer; the asking agent has no way to be one. */
function assertMayResolve(asked: readonly RoutePeople[], user: User | undefined): void {
  if (user?.active && routesOfPerson(asked, user.id).length > 0) return
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

function whyNot({ id, state, expiresAt, agreed }: Approval, now: Date, by?: Id<"user">): Problem {
  if (state.kind === "pending" && expiresAt > now && agreed.some((yes) => yes.by === by))
    return new Problem("approval_already_resolved", `you have agreed to ${id} already: it waits for others`)
  return state.kind === "pending" && expiresAt <= now
    ? new Problem("approval_expired", `${id} expired; the agent has to ask again`)
    : new Problem("approval_already_resolved", `${id} is ${wordFor(state)} already`)
}

function wordFor(state: ApprovalState): string {
  return state.kind === "pending" ? "answered" : state.kind
}
