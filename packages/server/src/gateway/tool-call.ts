import type { TraceContext } from "@tabard/control"
import {
  isJsonObject,
  isLosslessNumber,
  type Json,
  type JsonObject,
  newId,
  type ToolVersion,
  type Upstream,
} from "@tabard/core"
import { readTraceparent } from "../http/trace-parent.ts"
import { metaOf } from "./agree-revision.ts"
import { enforce } from "./enforce.ts"
import { type RpcOutcome, RpcRefusal } from "./json-rpc.ts"
import type { Caller } from "./ports.ts"
import { progressTeller } from "./progress-teller.ts"
import { META, RPC_ERROR } from "./protocol.ts"
import { resolvePaths } from "./resolve-paths.ts"
import type { ProgressToken, ToolCallDeps } from "./tool-run.ts"

/** A `tools/call` as it came in. */
export interface ToolCall {
  readonly caller: Caller
  readonly server: Upstream
  readonly params: JsonObject
  /** Sends a message to the client before the answer. */
  readonly tell: (text: string) => void
  readonly signal: AbortSignal
  /** What the request's header names; a trace in the message itself goes before it. */
  readonly trace?: TraceContext | undefined
}

const MAX_NAME = 256
const MAX_HANDLE = 128
const MAX_TOKEN = 256

/** Turns `tools/call` into an attempt, and answers what comes of it. @throws {RpcRefusal} */
export async function callTool(deps: ToolCallDeps, call: ToolCall): Promise<RpcOutcome> {
  const { params, tell, signal, caller, server } = call
  const meta = metaOf(params)
  const named = namedOf(params)
  const attempt = {
    call: newId("call", deps.clock),
    caller,
    server,
    ...named,
    handle: handleOf(meta[META.approval]),
    trace: readTraceparent(meta["traceparent"]) ?? call.trace,
  }
  const pinned = await pinnedTool(deps, call, named.tool)
  return enforce(deps, {
    attempt,
    pathsKnown: pinned !== undefined || server.launch.transport !== "stdio",
    resolve: async () => (pinned ? resolvePaths(server, pinned, named.arguments) : new Map()),
    progress: progressTeller(tokenOf(meta[META.progressToken]), tell),
    signal,
  })
}

function namedOf({ name: tool, arguments: args = {} }: JsonObject): { tool: string; arguments: JsonObject } {
  if (typeof tool !== "string" || tool === "" || tool.length > MAX_NAME)
    throw invalid("name must be the name of a tool")
  if (!isJsonObject(args)) throw invalid("arguments must be an object")
  return { tool, arguments: args }
}

/** Only what is pinned says which arguments are paths, and only a local server's paths can be looked at. */
async function pinnedTool(
  { decisions, report }: ToolCallDeps,
  { server }: ToolCall,
  tool: string,
): Promise<ToolVersion | undefined> {
  if (server.launch.transport !== "stdio") return undefined
  try {
    return await decisions.reviewed(server, tool)
  } catch (error) {
    // The call is still decided, so that it is denied for its own reasons.
    report(error)
    return undefined
  }
}

function handleOf(value: Json | undefined): string | null {
  return typeof value === "string" && value.length <= MAX_HANDLE ? value : null
}

function tokenOf(value: Json | undefined): ProgressToken | null {
  if (typeof value === "string") return value.length <= MAX_TOKEN ? value : null
  return isLosslessNumber(value) && value.value.length <= MAX_TOKEN ? value : null
}

function invalid(message: string): RpcRefusal {
  return new RpcRefusal(RPC_ERROR.invalidParams, message)
}
