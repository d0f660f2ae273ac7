import { isJsonObject, type JsonObject, type ToolVersion, writeLossless } from "@tabard/core"
import { deny } from "./decide-attempt.ts"
import type { RpcOutcome } from "./json-rpc.ts"
import type { CallOutcome } from "./ports.ts"
import { denialResult } from "./refusal-result.ts"
import type { ToolCallDeps, ToolRun } from "./tool-run.ts"
import type { UpstreamReply } from "./upstream-message.ts"
import type { UpstreamAnswer } from "./upstream-pool.ts"

interface Told {
  readonly outcome: RpcOutcome
  readonly result: CallOutcome["result"]
  readonly ran: CallOutcome["ran"]
  readonly reviewed?: ToolVersion
}

/**
 * Forwards a permitted call once, and hands back what came of it. The outcome is recorded before the answer leaves: what
 * cannot be recorded is not told.
 */
export async function forwardCall(deps: ToolCallDeps, run: ToolRun, tool: ToolVersion): Promise<RpcOutcome> {
  const { attempt, signal } = run
  const told = signal.aborted
    ? CANCELLED
    : toldOf(await deps.pool.call(attempt.server, callOf(deps, run, tool)))
  return record(deps, run, { ...told, reviewed: tool })
}

const CANCELLED: Told = unrun("cancelled", "call_cancelled", "the client cancelled it before it was run")

/** Records that a call ended without being forwarded, because its client had gone. */
export function recordCancelled(deps: ToolCallDeps, run: ToolRun): Promise<RpcOutcome> {
  return record(deps, run, CANCELLED)
}

function callOf(
  { decisions }: ToolCallDeps,
  { attempt, signal, progress }: ToolRun,
  tool: ToolVersion,
): Parameters<ToolCallDeps["pool"]["call"]>[1] {
  const waited = progress.last
  return {
    tool,
    arguments: attempt.arguments,
    signal,
    stillStands: () => decisions.stands(attempt.caller),
    progressed: ({ progress: done, total, message }) =>
      progress.tell({
        progress: waited + done,
        total: total === undefined ? undefined : waited + total,
        message,
      }),
  }
}

async function record(
  deps: ToolCallDeps,
  { attempt }: ToolRun,
  { outcome, result, ran, reviewed }: Told,
): Promise<RpcOutcome> {
  const { call, caller, server, tool, trace } = attempt
  const bytesIn = Buffer.byteLength(writeLossless(attempt.arguments))
  const bytesOut = outcome.kind === "result" ? Buffer.byteLength(writeLossless(outcome.result)) : 0
  const records = outcome.kind === "result" ? recordsIn(outcome.result) : undefined
  const moved = { bytesIn, bytesOut, records }
  try {
    await deps.decisions.finished(call, { caller, server, tool, reviewed, result, ran, trace, ...moved })
    return outcome
  } catch (error) {
    deps.report(error)
    return refused(
      "unknown",
      "record_unavailable",
      "its outcome could not be recorded and is withheld. It may have run: look before you repeat it",
    ).outcome
  }
}

/** How many records an answer holds: where it is structured and has one list, as many as that has. */
function recordsIn({ structuredContent }: JsonObject): number | undefined {
  if (!isJsonObject(structuredContent)) return undefined
  const [list, ...others] = Object.values(structuredContent).filter((member) => Array.isArray(member))
  return list && others.length === 0 ? list.length : undefined
}

function toldOf(answer: UpstreamAnswer): Told {
  switch (answer.kind) {
    case "replied":
      return toldReply(answer.reply)
    case "tool-changed":
      return unrun(
        "failed",
        "tool_changed",
        "the server defines this tool otherwise than when it was reviewed. Somebody must review it again",
      )
    case "withdrawn":
      return unrun(
        "cancelled",
        "no_longer_allowed",
        "the agent was stopped, or its token ended, before the call went out. Nothing was run",
      )
    case "unsent":
      return unrun(
        "failed",
        "upstream_unavailable",
        `the server was not reached: ${answer.words}. Nothing was run`,
      )
    case "lost":
      return refused(
        "unknown",
        "upstream_lost",
        `${answer.words}. It may have run: look before you repeat it`,
      )
  }
}

/** Errors by which a server says that it did not begin: no JSON, no request, no such method, not these arguments (JSON-RPC 2.0 §5.1). */
const NOT_BEGUN: ReadonlySet<number> = new Set([-32_700, -32_600, -32_601, -32_602])

function toldReply(reply: UpstreamReply): Told {
  if (reply.kind === "error") {
    return { outcome: reply, result: "failed", ran: NOT_BEGUN.has(reply.code) ? "no" : "unknown" }
  }
  const { content, structuredContent, isError, _meta, resultType } = reply.result
  if (resultType === "input_required") {
    return refused(
      "failed",
      "server_request_denied",
      "the server asked the agent for input, which it may not",
    )
  }
  if (!Array.isArray(content))
    return refused("failed", "upstream_invalid", "the server's answer is no tool result")
  const failed = isError === true
  const result: JsonObject = { content, structuredContent, isError: failed ? true : undefined, _meta }
  return { outcome: { kind: "result", result }, result: failed ? "tool_error" : "ok", ran: "yes" }
}

/** What was not forwarded had no effect. */
function unrun(result: CallOutcome["result"], code: string, words: string): Told {
  return { ...refused(result, code, words), ran: "no" }
}

function refused(result: CallOutcome["result"], code: string, words: string): Told {
  return { outcome: { kind: "result", result: denialResult(deny(code, words)) }, result, ran: "unknown" }
}
