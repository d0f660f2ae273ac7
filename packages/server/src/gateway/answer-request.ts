import { isJsonObject, type JsonObject, LosslessNumber } from "@tabard/core"
import { type RpcOutcome, RpcRefusal, type RpcRequest } from "./json-rpc.ts"
import {
  LEGACY_REVISION,
  LEGACY_REVISIONS,
  META,
  MODERN_REVISION,
  REVISIONS,
  RPC_ERROR,
  UNMAPPED_METHODS,
} from "./protocol.ts"
import { callTool, type ToolCall } from "./tool-call.ts"
import type { ToolCallDeps } from "./tool-run.ts"

/** One request of a verified caller, in the revision that was agreed on. */
export interface Exchange extends Omit<ToolCall, "params"> {
  readonly request: RpcRequest
  readonly revision: string
}

/** Answers one request; refusals from here on are told in band. @throws {RpcRefusal} */
export type Answerer = (deps: ToolCallDeps, exchange: Exchange) => Promise<RpcOutcome> | RpcOutcome

const SERVER_INFO: JsonObject = { name: "tabard", title: "Tabard gateway", version: "0.1.0" }

const INSTRUCTIONS =
  "Each call is decided by Tabard. A denied call says why. A call that waits for approval has not run: call it again with the same arguments."

const CAPABILITIES: JsonObject = { tools: {} }

/** What must not be kept by a client: what it may see changes with its task. */
const NOT_CACHEABLE: JsonObject = { ttlMs: new LosslessNumber("0"), cacheScope: "private" }

const LEGACY: Readonly<Record<string, Answerer>> = {
  initialize,
  ping: () => ({ kind: "result", result: {} }),
  "tools/list": listTools,
  "tools/call": call,
}

const MODERN: Readonly<Record<string, Answerer>> = {
  "server/discover": discover,
  "tools/list": listTools,
  "tools/call": call,
}

/**
 * Answers what answers a request, or says why nothing does: a method that nothing maps to a question is denied, one that is
 * unknown is not found.
 *
 * @throws {RpcRefusal}
 */
export function answererOf(method: string, revision: string): Answerer {
  const modern = revision === MODERN_REVISION
  const answerers = modern ? MODERN : LEGACY
  const answerer = Object.hasOwn(answerers, method) ? answerers[method] : undefined
  if (!answerer) throw refuseMethod(method, modern)
  return modern ? async (deps, exchange) => completed(await answerer(deps, exchange)) : answerer
}

function refuseMethod(method: string, modern: boolean): RpcRefusal {
  return UNMAPPED_METHODS.has(method)
    ? new RpcRefusal(RPC_ERROR.denied, `${method} is denied: this gateway serves tools only`, { status: 200 })
    : new RpcRefusal(RPC_ERROR.methodNotFound, "there is no such method", { status: modern ? 404 : 200 })
}

function initialize(_: ToolCallDeps, { request }: Exchange): RpcOutcome {
  const asked = request.params["protocolVersion"]
  const spoken = typeof asked === "string" && LEGACY_REVISIONS.includes(asked)
  const result: JsonObject = {
    protocolVersion: spoken ? asked : LEGACY_REVISION,
    capabilities: CAPABILITIES,
    serverInfo: SERVER_INFO,
    instructions: INSTRUCTIONS,
  }
  return { kind: "result", result }
}

function discover(): RpcOutcome {
  const result: JsonObject = {
    supportedVersions: REVISIONS,
    capabilities: CAPABILITIES,
    instructions: INSTRUCTIONS,
    ...NOT_CACHEABLE,
  }
  return { kind: "result", result }
}

/** Shows the definitions that were pinned, and only of tools that are not plainly denied. */
async function listTools(
  { decisions }: ToolCallDeps,
  { caller, server, revision, request }: Exchange,
): Promise<RpcOutcome> {
  if (request.params["cursor"] !== undefined) {
    throw new RpcRefusal(RPC_ERROR.invalidParams, "all tools are on the first page")
  }
  const tools = (await decisions.visibleTools(caller, server)).map(({ definition }) => definition)
  return { kind: "result", result: revision === MODERN_REVISION ? { tools, ...NOT_CACHEABLE } : { tools } }
}

function call(deps: ToolCallDeps, { request, ...rest }: Exchange): Promise<RpcOutcome> {
  return callTool(deps, { ...rest, params: request.params })
}

/** The revision of 2026 wants each result to say that it is one, and likes to know who answered. */
function completed(outcome: RpcOutcome): RpcOutcome {
  if (outcome.kind === "error") return outcome
  const meta = outcome.result["_meta"]
  const kept = isJsonObject(meta) ? meta : {}
  const stamped = { ...kept, [META.serverInfo]: SERVER_INFO }
  return { ...outcome, result: { ...outcome.result, resultType: "complete", _meta: stamped } }
}
