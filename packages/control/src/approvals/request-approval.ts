import { type Approval, type Id, newHandle, newId } from "@tabard/core"
import { type Ask, bindingHash } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type Asking, actedForBy, type CallFacts } from "../decisions/question.ts"
import type { Transaction } from "../transaction.ts"
import type { ExactQuestion } from "./exact-question.ts"
import { markExpired } from "./expire-approvals.ts"

/** How long a question waits for people, and its answer for the call. */
const APPROVAL_LIFE_MS = 15 * 60 * 1000

/**
 * Who may answer for a route; none where the route is not one of ours, and then nobody can agree. Of a chain it is the
 * owner of its first agent, whose standing all the others use.
 */
export function approversFor(
  route: string,
  { principal }: Pick<CallFacts, "principal">,
): readonly Id<"user">[] {
  const { owner } = principal.chain.at(-1) ?? principal
  return route === "owner" ? [owner.id] : []
}

/**
 * Asks people about one exact action, or joins the question that already waits for them. Its event stands only
 * where a new question does.
 */
export async function requestApproval(
  deps: RecordContext,
  tx: Pick<Transaction, "approvals" | "outbox">,
  asking: Asking,
  { exact, asks }: { exact: ExactQuestion; asks: readonly Ask[] },
): Promise<Approval> {
  await markExpired(deps, tx)
  const wanted = newApproval(deps, asking, exact, asks)
  const approval = await tx.approvals.request(wanted)
  if (approval.id !== wanted.id) return approval

  const { attempt, principal } = asking
  await recordEvent(deps, tx.outbox, {
    type: "approval.requested",
    actor: { kind: "agent", id: attempt.caller.agent, instance: attempt.caller.instance },
    agent: attempt.caller.agent,
    instance: attempt.caller.instance,
    owner: principal.owner.id,
    ...actedForBy(principal),
    task: attempt.caller.task,
    call: attempt.call,
    approval: approval.id,
    action: `${attempt.server.name}/${attempt.tool}`,
    resource: exact.question.resource,
    data: { actionHash: exact.hash, policies: [...approval.policies], approvers: [...approval.approvers] },
  })
  return approval
}

function newApproval(
  { clock }: RecordContext,
  asking: Asking,
  { question, hash }: ExactQuestion,
  asks: readonly Ask[],
): Approval {
  const now = clock.now()
  const nonce = newHandle()
  const routes = [...new Set(asks.map(({ route }) => route))]
  return {
    id: newId("approval", clock),
    handle: newHandle(),
    question,
    actionHash: hash,
    nonce,
    bindingHash: bindingHash(hash, nonce),
    say: [...new Set(asks.map(({ say }) => say))],
    policies: asks.map(({ policy }) => policy),
    routes,
    approvers: [...new Set(routes.flatMap((route) => approversFor(route, asking)))],
    state: { kind: "pending" },
    createdAt: now,
    expiresAt: new Date(now.getTime() + APPROVAL_LIFE_MS),
    spentBy: null,
  }
}
