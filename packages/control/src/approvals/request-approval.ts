import { type Approval, type Id, newHandle, newId } from "@tabard/core"
import { type Ask, bindingHash } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type Asking, actedForBy } from "../decisions/question.ts"
import type { Transaction } from "../transaction.ts"
import type { ExactQuestion } from "./exact-question.ts"
import { markExpired } from "./expire-approvals.ts"
import type { RoutePeople } from "./people-asked.ts"

/** How long a question waits for people, and its answer for the call. */
const APPROVAL_LIFE_MS = 15 * 60 * 1000

/** The most people whom one question is put to. */
const MOST_ASKED = 200

/** What people are asked, for which policies, and who they are. */
export interface Wish {
  readonly exact: ExactQuestion
  readonly asks: readonly Ask[]
  readonly asked: readonly RoutePeople[]
}

/**
 * Asks people about one exact action, or joins the question that already waits for them. Its event stands only
 * where a new question does.
 */
export async function requestApproval(
  deps: RecordContext,
  tx: Pick<Transaction, "approvals" | "outbox">,
  asking: Asking,
  wish: Wish,
): Promise<Approval> {
  await markExpired(deps, tx)
  const { exact } = wish
  const wanted = newApproval(deps, wish)
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
    // Whom the policies name stands in them: a route may hold an address, and what is in the record stays there.
    data: { actionHash: exact.hash, policies: [...approval.policies], approvers: [...approval.approvers] },
  })
  return approval
}

function newApproval({ clock }: RecordContext, { exact: { question, hash }, asks, asked }: Wish): Approval {
  const now = clock.now()
  const nonce = newHandle()
  return {
    id: newId("approval", clock),
    handle: newHandle(),
    question,
    actionHash: hash,
    nonce,
    bindingHash: bindingHash(hash, nonce),
    say: [...new Set(asks.map(({ say }) => say))],
    policies: asks.map(({ policy }) => policy),
    routes: asked.map(({ route }) => route),
    approvers: approversOf(asked),
    state: { kind: "pending" },
    createdAt: now,
    expiresAt: new Date(now.getTime() + APPROVAL_LIFE_MS),
    agreed: [],
    spentBy: null,
  }
}

/** The few of each route first, so that a large team crowds nobody out. */
function approversOf(asked: readonly RoutePeople[]): readonly Id<"user">[] {
  const smallFirst = asked.toSorted((a, b) => a.people.length - b.people.length)
  return [...new Set(smallFirst.flatMap(({ people }) => people))].slice(0, MOST_ASKED)
}
