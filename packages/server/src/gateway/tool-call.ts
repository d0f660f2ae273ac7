import {
  isJsonObject,
  isLosslessNumber,
  type Json,
  type JsonObject,
  newId,
  type Upstream,
} from "@tabard/core"
import { metaOf } from "./agree-revision.ts"
import { enforce } from "./enforce.ts"
import { type RpcOutcome, RpcRefusal } from "./json-rpc.ts"
import type { Attempt, Caller } from "./ports.ts"
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
}

const MAX_NAME = 256
const MAX_HANDLE = 128
const MAX_TOKEN = 256

/** Turns `tools/call` into an attempt, and answers what comes of it. @throws {RpcRefusal} */
export async function callTool(deps: ToolCallDeps, call: ToolCall): Promise<RpcOutcome> {
  const { params, tell, signal } = call
  const meta = metaOf(params)
  const attempt = await attemptOf(deps, call, handleOf(meta[META.approval]))
  return enforce(deps, { attempt, progress: progressTeller(tokenOf(meta[META.progressToken]), tell), signal })
}

async function attemptOf(deps: ToolCallDeps, call: ToolCall, handle: string | null): Promise<Attempt> {
  const { caller, server, params } = call
  const { name: tool, arguments: args = {} } = params
  if (typeof tool !== "string" || tool === "" || tool.length > MAX_NAME)
    throw invalid("name must be the name of a tool")
  if (!isJsonObject(args)) throw invalid("arguments must be an object")
  const resolvedPaths = await realPaths(deps, call, { tool, args })
  const id = newId("call", deps.clock)
  return { call: id, caller, server, tool, arguments: args, handle, resolvedPaths }
}

/** Only what is pinned says which arguments are paths; a tool that the caller may not see is denied without looking. */
async function realPaths(
  { decisions, report }: ToolCallDeps,
  { caller, server }: ToolCall,
  { tool, args }: { tool: string; args: JsonObject },
): Promise<ReadonlyMap<string, string>> {
  if (server.launch.transport !== "stdio") return new Map()
  try {
    const pinned = (await decisions.visibleTools(caller, server)).find(({ name }) => name === tool)
    return pinned ? await resolvePaths(server, pinned, args) : new Map()
  } catch (error) {
    // Without resolved paths a policy takes the worst of them, so the call is still decided.
    report(error)
    return new Map()
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
