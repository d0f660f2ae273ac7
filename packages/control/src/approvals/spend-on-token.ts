import { type Id, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transaction } from "../transaction.ts"
import { takeAwaited } from "./awaited-token.ts"
import { requireAskable } from "./require-askable.ts"
import { TOKEN_ACTION } from "./token-question.ts"

/** A person's yes to a token, and the request that comes for it. */
export interface AnsweredToken {
  readonly approval: Id<"approval">
  readonly call: Id<"call">
  /** The hash by which the request is kept. */
  readonly awaited: string
}

/**
 * Uses a person's yes up, in the transaction that issues the token: of any number of polls one has it, on any number of
 * replicas. Whoever said it has to answer for the agent still.
 *
 * @throws {Problem} approval_spent, not_an_approver
 */
export async function spendOnToken(
  deps: RecordContext,
  tx: Pick<Transaction, "agents" | "approvals" | "maintainers" | "oauthModels" | "outbox" | "users">,
  { approval: id, call, awaited }: AnsweredToken,
): Promise<void> {
  const now = deps.clock.now()
  const approval = await tx.approvals.find(id)
  if (approval?.state.kind !== "approved" || approval.question.kind !== "token") throw spentAlready()
  // The store lets the same call use an approval again; a token is fetched once.
  if (approval.spentBy !== null) throw spentAlready()
  const { agent, instance, task, resource, token } = approval.question
  await requireAskable(tx, agent, approval.state.by)
  if (!(await takeAwaited(tx, awaited, now))) throw spentAlready()
  if (!(await tx.approvals.spend(id, call, now))) throw spentAlready()
  await recordEvent(deps, tx.outbox, {
    type: "approval.spent",
    actor: { kind: "agent", id: agent, instance },
    agent,
    instance,
    onBehalfOf: token.served,
    task,
    call,
    approval: id,
    action: TOKEN_ACTION,
    resource,
  })
}

function spentAlready(): Problem {
  return new Problem("approval_spent", "this answer was used, or is over: ask again")
}
