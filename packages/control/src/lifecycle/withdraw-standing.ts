import type { Agent } from "@tabard/core"
import type { Actor, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transaction } from "../transaction.ts"

/** Whose standing goes, on whose word, and why. */
interface Withdrawal {
  readonly agent: Agent
  readonly actor: Actor
  readonly why: string
}

/**
 * Ends an agent's live tokens and withdraws its open questions and unspent approvals, each with its event, and the codes
 * by which keys of it were to be enrolled.
 */
export async function withdrawStanding(
  deps: RecordContext,
  tx: Pick<Transaction, "approvals" | "instances" | "outbox" | "tokens">,
  { agent, actor, why }: Withdrawal,
): Promise<void> {
  const now = deps.clock.now()
  const common = { actor, agent: agent.id, owner: agent.owner }

  await tx.instances.withdrawEnrolments({ agent: agent.id })
  const tokens = await tx.tokens.revoke({ agent: agent.id }, now)
  if (tokens > 0)
    await recordEvent(deps, tx.outbox, { ...common, type: "token.revoked", data: { tokens, why } })

  for (const approval of await tx.approvals.cancel({ agent: agent.id }, now, why)) {
    await recordEvent(deps, tx.outbox, { ...common, type: "approval.cancelled", approval, data: { why } })
  }
}
