import type { Id, ToolVersion, Upstream } from "@tabard/core"
import type { AuditEvent, RecordContext, TraceContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Settlement } from "../budgets/budget-store.ts"
import type { PresentedToken } from "../tokens/check-token.ts"
import type { Transact, Transaction } from "../transaction.ts"

export interface FinishCallDeps extends RecordContext {
  readonly transact: Transact<"agents" | "budgets" | "outbox" | "tasks">
}

/** How a forwarded call ended. */
export interface CallOutcome {
  readonly caller: PresentedToken
  readonly server: Upstream
  readonly tool: string
  /** The tool as it was reviewed, where it was forwarded to one. */
  readonly reviewed?: ToolVersion | undefined
  /** Whether it had an effect at its server, where that is known: what it had reserved is then spent, or given back. */
  readonly ran: "yes" | "no" | "unknown"
  readonly result: "ok" | "tool_error" | "failed" | "cancelled" | "unknown"
  readonly bytesIn: number
  readonly bytesOut: number
  /** How many records its answer holds, where that can be told. */
  readonly records?: number | undefined
  readonly trace?: TraceContext | undefined
}

/** What was reserved for a call whose end nobody knows stays reserved. */
const SETTLEMENTS: Readonly<Record<CallOutcome["ran"], Settlement | undefined>> = {
  yes: "spent",
  no: "returned",
  unknown: undefined,
}

/** Records how a forwarded call ended; joined to its decision by the call id. Durable before the answer leaves. */
export async function finishCall(
  deps: FinishCallDeps,
  call: Id<"call">,
  outcome: CallOutcome,
): Promise<void> {
  const { caller, server, tool, reviewed, result, ran, bytesIn, bytesOut, records, trace } = outcome
  const settlement = SETTLEMENTS[ran]
  await deps.transact(async (tx) => {
    const settled = settlement ? await tx.budgets.settle(call, settlement) : 0
    await recordEvent({ ...deps, trace }, tx.outbox, {
      type: "call.finished",
      actor: { kind: "agent", id: caller.agent, instance: caller.instance },
      agent: caller.agent,
      instance: caller.instance,
      ...(await answeredFor(tx, caller)),
      task: caller.task,
      call,
      action: `${server.name}/${tool}`,
      ...(reviewed && {
        tool: { name: reviewed.name, digest: reviewed.digest, effects: [...reviewed.effects] },
      }),
      resource: server.id,
      outcome: result,
      data: {
        bytesIn,
        bytesOut,
        ...(records !== undefined && { records }),
        ...(settled > 0 && { reserved: settlement }),
      },
    })
  })
}

/** Who answers for the agent, and whom its task serves, as it is when the call ends. */
async function answeredFor(
  { agents, tasks }: Pick<Transaction, "agents" | "tasks">,
  caller: PresentedToken,
): Promise<Pick<AuditEvent, "owner" | "onBehalfOf">> {
  const agent = await agents.find(caller.agent)
  const task = caller.task ? await tasks.find(caller.task) : undefined
  return { owner: agent?.owner ?? null, ...(task && { onBehalfOf: task.onBehalfOf }) }
}
