import { isJsonObject, isLosslessNumber, type JsonObject, parseLossless } from "@tabard/core"
import { MODERN_REVISION } from "./protocol.ts"
import { readBounded } from "./read-bounded.ts"
import { readEvents } from "./read-events.ts"
import { UpstreamFault, UpstreamSessionEnded } from "./upstream-fault.ts"
import type { OpenWire, WireEvents, WireMessage } from "./upstream-wire.ts"

interface HttpState {
  revision: string | undefined
  session: string | undefined
  readonly closing: AbortController
}

/**
 * A wire over streamable HTTP. It follows no redirect, since a server that was registered at one address must not send
 * calls to another, and it sends no header of the agent's.
 */
export function httpWire(url: string, maxBytes: number): OpenWire {
  return async (events) => {
    const state: HttpState = { revision: undefined, session: undefined, closing: new AbortController() }
    return {
      answersInReply: true,
      async send(message, signal) {
        const response = await post(url, message, state, AbortSignal.any([signal, state.closing.signal]))
        if (response.status === 404 && state.session !== undefined) throw new UpstreamSessionEnded()
        state.session ??= response.headers.get("mcp-session-id") ?? undefined
        await hear(response, message, { events, maxBytes })
      },
      agreed(revision) {
        state.revision = revision
      },
      async close() {
        state.closing.abort()
      },
    }
  }
}

async function post(
  url: string,
  message: WireMessage,
  state: HttpState,
  signal: AbortSignal,
): Promise<Response> {
  try {
    const headers = headersFor(message, state)
    return await fetch(url, { method: "POST", redirect: "error", headers, body: message.text, signal })
  } catch (error) {
    throw new UpstreamFault("it did not answer over HTTP", !isRefusedConnection(error), { cause: error })
  }
}

function headersFor({ method, tool }: WireMessage, { revision, session }: HttpState): Record<string, string> {
  return {
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    ...(revision ? { "mcp-protocol-version": revision } : {}),
    ...(session ? { "mcp-session-id": session } : {}),
    ...(revision === MODERN_REVISION && method ? { "mcp-method": method } : {}),
    ...(revision === MODERN_REVISION && tool ? { "mcp-name": headerText(tool) } : {}),
  }
}

/** Writes a name as a header: what is not plain ASCII goes as base64, as the revision of 2026 asks. */
function headerText(name: string): string {
  const plain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(name) && !/^=\?base64\?.*\?=$/.test(name)
  return plain ? name : `=?base64?${Buffer.from(name, "utf8").toString("base64")}?=`
}

async function hear(
  response: Response,
  message: WireMessage,
  { events, maxBytes }: { events: WireEvents; maxBytes: number },
): Promise<void> {
  const kind = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase()
  const pass = (text: string): void => tell(text, message, events)
  try {
    if (message.answers === null) await response.body?.cancel()
    else if (kind === "text/event-stream") await readEvents(response.body, maxBytes, pass)
    else if (kind === "application/json") pass(await readBounded(response.body, maxBytes))
    else
      throw new UpstreamFault(`it answered HTTP ${response.status} without a message`, mayHaveRun(response))
  } catch (error) {
    if (error instanceof UpstreamFault) throw error
    throw new UpstreamFault("its answer could not be read", true, { cause: error })
  }
}

/** An HTTP reply answers its own request and no other, whatever ids it holds. */
function tell(text: string, { answers }: WireMessage, events: WireEvents): void {
  const heard = parseLossless(text)
  if (!isJsonObject(heard)) throw new UpstreamFault("it answered something other than one message", true)
  if (heard["method"] === undefined && idText(heard) !== answers) return
  events.message(heard)
}

function idText(message: JsonObject): string | undefined {
  const id = message["id"]
  return isLosslessNumber(id) ? id.value : undefined
}

/** A request that HTTP refused was not handed on. */
function mayHaveRun({ status }: Response): boolean {
  return status < 400 || status >= 500
}

function isRefusedConnection(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined
  return code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "EAI_AGAIN"
}
