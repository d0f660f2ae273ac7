import { decideAttempt, deny } from "./decide-attempt.ts"
import { forwardCall, recordCancelled } from "./forward-call.ts"
import type { RpcOutcome } from "./json-rpc.ts"
import type { Enforcement } from "./ports.ts"
import { askResult, denialResult } from "./refusal-result.ts"
import type { ToolCallDeps, ToolRun } from "./tool-run.ts"
import { waitForVerdict } from "./wait-for-verdict.ts"

/** Asks what may become of a call, waits where people must be asked, and does what was decided. */
export async function enforce(deps: ToolCallDeps, run: ToolRun): Promise<RpcOutcome> {
  const first = await decideAttempt(deps, run)
  const decided = first.effect === "ask" ? await waitForVerdict(deps, run, first) : first
  if (run.signal.aborted) return recordCancelled(deps, run)
  return carryOut(deps, run, decided)
}

async function carryOut(deps: ToolCallDeps, run: ToolRun, decided: Enforcement): Promise<RpcOutcome> {
  switch (decided.effect) {
    case "permit":
      return isOf(run, decided) ? forwardCall(deps, run, decided.tool) : result(MISFIT)
    case "ask":
      return { kind: "result", result: askResult(decided) }
    case "deny":
      return result(decided)
  }
}

/** A permit for another tool is no permit for this one, nor is one given without looking where its paths lead. */
const MISFIT = deny(
  "decision_unavailable",
  "what was decided is not what was asked; nothing was run, try again",
)

function isOf(
  { attempt, pathsKnown }: ToolRun,
  { tool }: Extract<Enforcement, { effect: "permit" }>,
): boolean {
  return pathsKnown && tool.server === attempt.server.id && tool.name === attempt.tool
}

function result(denied: Extract<Enforcement, { effect: "deny" }>): RpcOutcome {
  const { scope, signsIn } = denied
  return { kind: "result", result: denialResult(denied), ...(signsIn && scope && { stepUp: scope }) }
}
