import { newId, type Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Uncounted } from "../budgets/count-budgets.ts"
import type { TokenRefused } from "../tokens/check-token.ts"
import type { Transaction } from "../transaction.ts"
import type { Attempt, Enforcement } from "./attempt.ts"
import type { TokenLimit } from "./token-limits.ts"

/** Refuses an attempt before any policy was asked: it is recorded like any other. */
export async function refuseAttempt(
  deps: RecordContext,
  tx: Pick<Transaction, "organisation" | "outbox">,
  attempt: Attempt,
  problem: Problem | TokenLimit | TokenRefused | Uncounted,
): Promise<Enforcement> {
  const { caller, server, tool, call } = attempt
  await recordEvent(deps, tx.outbox, {
    type: "call.decided",
    actor: { kind: "agent", id: caller.agent, instance: caller.instance },
    agent: caller.agent,
    instance: caller.instance,
    task: caller.task,
    call,
    action: `${server.name}/${tool.slice(0, 200)}`,
    resource: server.id,
    decision: {
      id: newId("decision", deps.clock),
      effect: "deny",
      code: problem.code,
      reasons: [],
      version: await tx.organisation.version(),
    },
  })
  const { code, message: words } = problem
  const denied = { effect: "deny", decision: null, code, words } as const
  if (!("scope" in problem) || !problem.scope) return denied
  return { ...denied, scope: problem.scope, signsIn: problem.signsIn ?? false }
}
