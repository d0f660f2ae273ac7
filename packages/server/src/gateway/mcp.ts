// MCP over streamable HTTP, without sessions, in the revisions of 2025 and of 2026.
import { isLosslessNumber, Problem, type Upstream } from "@tabard/core"
import { type Context, Hono } from "hono"
import { problemJson } from "../http/problem-json.ts"
import { readTraceparent } from "../http/trace-parent.ts"
import { refuseRequest } from "./admit-request.ts"
import { agreeRevision } from "./agree-revision.ts"
import { type Answerer, answererOf, type Exchange } from "./answer-request.ts"
import { answerStream, jsonResponse, type LastMessage } from "./answer-stream.ts"
import {
  type RpcNotification,
  type RpcOutcome,
  RpcRefusal,
  type RpcRequest,
  readRpc,
  writeOutcome,
} from "./json-rpc.ts"
import type { Authenticator, Caller, UpstreamDirectory } from "./ports.ts"
import { Unauthorized } from "./ports.ts"
import { RPC_ERROR } from "./protocol.ts"
import { NotText, readBounded, TooLarge } from "./read-bounded.ts"
import { RunningCalls } from "./running-calls.ts"
import type { ToolCallDeps } from "./tool-run.ts"
import { WaitingRoom } from "./waiting-room.ts"

/** What the gateway needs. */
export interface GatewayDeps extends Omit<ToolCallDeps, "waiting"> {
  readonly authenticator: Authenticator
  readonly upstreams: UpstreamDirectory
  /** The values of Host under which this server is known, lower case, with port. Looked at for each request. */
  readonly hosts: ReadonlySet<string>
}

interface Door extends GatewayDeps, ToolCallDeps {
  readonly running: RunningCalls
}

interface Visit {
  readonly caller: Caller
  readonly server: Upstream
  readonly request: Request
}

/** Answers `/mcp/<server>`: every tool call is decided before it reaches the server behind that name. */
export function mcpGateway(deps: GatewayDeps): Hono {
  const { waitingPerAgent: perAgent, waitingInAll: inAll } = deps.settings
  const door: Door = { ...deps, running: new RunningCalls(), waiting: new WaitingRoom({ perAgent, inAll }) }
  const app = new Hono()
  app.post("/mcp/:server", (context) => receive(door, context))
  app.all("/mcp/:server", () =>
    problemJson(405, "not_allowed", "there are no sessions here: send messages with POST", {
      allow: "POST",
    }),
  )
  return app
}

async function receive(door: Door, context: Context<object, "/mcp/:server">): Promise<Response> {
  const request = context.req.raw
  const refused = refuseRequest(request, door.hosts)
  if (refused) return refused
  try {
    const caller = await door.authenticator.authenticate(request)
    const server = await door.upstreams.find(context.req.param("server"))
    if (!server) return problemJson(404, "server_not_found", "no server of this name is registered here")
    const message = readRpc(await readBounded(request.body, door.settings.bodyBytes))
    return await take(door, { caller, server, request }, message)
  } catch (error) {
    return refusalResponse(door, error)
  }
}

async function take(door: Door, visit: Visit, message: RpcRequest | RpcNotification): Promise<Response> {
  if (message.kind === "notification") {
    agreeRevision(message, visit.request.headers)
    return hear(door, visit, message)
  }
  try {
    return await answer(door, visit, message)
  } catch (error) {
    if (!(error instanceof RpcRefusal)) throw error
    return jsonResponse(writeOutcome(message.id, errorOf(error)), error.status)
  }
}

/** Of what clients only say, a cancellation alone has an effect. */
function hear({ running }: Door, { caller, server }: Visit, { method, params }: RpcNotification): Response {
  const id = params["requestId"]
  if (method === "notifications/cancelled" && (typeof id === "string" || isLosslessNumber(id))) {
    running.cancel({ instance: caller.instance, server, id })
  }
  return new Response(null, { status: 202 })
}

async function answer(
  door: Door,
  { caller, server, request }: Visit,
  message: RpcRequest,
): Promise<Response> {
  const revision = agreeRevision(message, request.headers)
  const answerer = answererOf(message.method, revision)
  const cancel = new AbortController()
  const running = door.running.begin({ instance: caller.instance, server, id: message.id }, cancel)
  const signal = AbortSignal.any([cancel.signal, request.signal])
  const trace = readTraceparent(request.headers.get("traceparent"))
  return answerStream({
    acceptsEvents: request.headers.get("accept")?.includes("text/event-stream") ?? false,
    gone: () => cancel.abort(),
    work: async (tell) => {
      const exchange = { caller, server, request: message, revision, tell, signal, trace }
      const outcome = await outcomeOf(door, answerer, exchange)
      running[Symbol.dispose]()
      return { text: writeOutcome(message.id, outcome), ...challengeIn(door, { caller, request }, outcome) }
    },
  })
}

/**
 * A client that signs people in reads in the header what to sign in for (RFC 6750 §3.1); what the body tells is the same
 * as ever, for its model and for any client that knows nothing of this. An agent that nobody signs in gets no 403: to it
 * that looks like a server that is gone.
 */
function challengeIn(
  { authenticator }: Door,
  { caller, request }: Pick<Visit, "caller" | "request">,
  outcome: RpcOutcome,
): Omit<LastMessage, "text"> {
  if (outcome.kind === "error" || !outcome.stepUp) return {}
  const challenge = authenticator.askForMore(request, caller, outcome.stepUp)
  return { status: 403, headers: { "www-authenticate": challenge } }
}

/** From here on refusals are told in band: the request was well-formed, and a stream may have begun. */
async function outcomeOf(door: Door, answerer: Answerer, exchange: Exchange): Promise<RpcOutcome> {
  try {
    return await answerer(door, exchange)
  } catch (error) {
    if (error instanceof RpcRefusal) return errorOf(error)
    door.report(error)
    return {
      kind: "error",
      code: RPC_ERROR.internal,
      message: "something went wrong here; nothing more is known",
    }
  }
}

function errorOf({ code, message, data }: RpcRefusal): RpcOutcome {
  return { kind: "error", code, message, ...(data ? { data } : {}) }
}

function refusalResponse({ report, settings }: Door, error: unknown): Response {
  if (error instanceof Unauthorized) {
    return new Response(error.body, { status: error.status, headers: error.headers })
  }
  if (error instanceof RpcRefusal) return jsonResponse(writeOutcome(null, errorOf(error)), error.status)
  if (error instanceof TooLarge) {
    return problemJson(413, "body_too_large", `a message may have ${settings.bodyBytes} bytes`)
  }
  if (error instanceof Problem) return problemJson(403, error.code, error.message)
  if (error instanceof NotText) return problemJson(400, "body_invalid", "a message is UTF-8 text")
  report(error)
  return problemJson(500, "internal_error", "Something went wrong.")
}
