import type { Id, Upstream } from "@tabard/core"
import { type RecordContext, recordEvent } from "../audit/event.ts"
import type { PresentedToken } from "../tokens/check-token.ts"
import type { Transact } from "../transaction.ts"

export interface FinishCallDeps extends RecordContext {
  readonly transact: Transact<"outbox">
}

/** How a forwarded call ended. */
export interface CallOutcome {
  readonly caller: PresentedToken
  readonly server: Upstream
  readonly tool: string
  readonly result: "ok" | "tool_error" | "failed" | "cancelled" | "unknown"
  readonly bytesIn: number
  readonly bytesOut: number
}

/** Records how a forwarded call ended; joined to its decision by the call id. Durable before the answer leaves. */
export async function finishCall(
  deps: FinishCallDeps,
  call: Id<"call">,
  outcome: CallOutcome,
): Promise<void> {
  const { caller, server, tool, result, bytesIn, bytesOut } = outcome
  await deps.transact(async ({ outbox }) => {
    await recordEvent(deps, outbox, {
      type: "call.finished",
      actor: { kind: "agent", id: caller.agent, instance: caller.instance },
      agent: caller.agent,
      instance: caller.instance,
      task: caller.task,
      call,
      action: `${server.name}/${tool}`,
      resource: server.id,
      outcome: result,
      data: { bytesIn, bytesOut },
    })
  })
}
