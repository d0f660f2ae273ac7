import type { IncomingMessage, RequestListener, ServerResponse } from "node:http"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { type BoundSender, Refused } from "@tabard/client"
import { refuseLocal } from "./admit-local.ts"
import { boundedBody, MAX_BODY } from "./bounded-body.ts"
import { requestHeaders, responseHeaders } from "./carried-headers.ts"
import { parseSigning, SIGN_PATH } from "./signing.ts"
import { withinResource } from "./within-resource.ts"

/** What a door signs with, and for. */
export interface SigningDoor {
  readonly sender: BoundSender
  /** What tokens are for: nothing outside it is signed or asked. */
  readonly resource: string
  /** The port that the agent sees, where it sees one. */
  readonly port?: number | undefined
  /** Hears that the issuer gives no token (any more). */
  readonly onRefused?: (refused: Refused) => void
}

/** A request that is refused here, before anything leaves the machine. */
class LocalProblem extends Error {
  readonly status: number

  constructor(status: number, detail: string) {
    super(detail)
    this.status = status
  }
}

/**
 * Answers what an agent asks on its own socket: it carries requests to the resource with token and proof, and makes the
 * proof for a request that the agent sends itself. The key does not come near the agent.
 */
export function signingDoor(door: SigningDoor): RequestListener {
  return (request, response) => {
    answer(door, request, response).catch((error: unknown) => refuse(door, response, error))
  }
}

async function answer(door: SigningDoor, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refusal = refuseLocal(request.headers, door.port)
  if (refusal) throw new LocalProblem(refusal.status, refusal.detail)
  const body = await boundedBody(request)
  if (!body) throw new LocalProblem(413, `A request may have ${MAX_BODY} bytes.`)
  if (request.url === SIGN_PATH) return sign(door, request, { body, response })
  return carry(door, request, { body, response })
}

interface Exchange {
  readonly body: Buffer
  readonly response: ServerResponse
}

async function sign(
  door: SigningDoor,
  { method }: IncomingMessage,
  { body, response }: Exchange,
): Promise<void> {
  if (method !== "POST") throw new LocalProblem(405, `${SIGN_PATH} is asked by POST.`)
  const asked = parseSigning(body)
  if (typeof asked === "string") throw new LocalProblem(400, asked)
  const url = allowed(door, asked.url)
  const headers = await door.sender.prove({ ...asked, url: url.href })
  const { expiresAt } = await door.sender.tokens.token()
  sendJson(response, 200, { ...headers, expiresAt: expiresAt.toISOString() })
}

async function carry(
  door: SigningDoor,
  request: IncomingMessage,
  { body, response }: Exchange,
): Promise<void> {
  const url = allowed(door, request.url ?? "/")
  const gone = new AbortController()
  response.on("close", () => gone.abort())
  const { method = "GET", headers } = request
  const send = (): Promise<Response> =>
    door.sender.fetch(url, {
      method,
      headers: requestHeaders(headers),
      signal: gone.signal,
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    })
  const { status, headers: said, body: content } = await again(send)
  response.writeHead(status, responseHeaders(said))
  if (!content) return void response.end()
  await pipeline(Readable.fromWeb(content), response).catch(() => response.destroy())
}

/** A token that was refused has been forgotten: with the next one the request passes, or the issuer says why not. */
async function again(send: () => Promise<Response>): Promise<Response> {
  const first = await send()
  const isStale = (first.headers.get("www-authenticate") ?? "").includes('error="invalid_token"')
  if (first.status !== 401 || !isStale) return first
  await first.body?.cancel()
  return send()
}

function allowed({ resource }: SigningDoor, address: string): URL {
  const url = withinResource(resource, address)
  if (!url)
    throw new LocalProblem(403, `The agent's token is for what lies below ${resource}, and for nothing else.`)
  return url
}

function refuse({ onRefused }: SigningDoor, response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy()
  if (error instanceof LocalProblem) return sendProblem(response, error.status, error.message)
  if (error instanceof Refused) {
    onRefused?.(error)
    return sendProblem(response, 401, `The agent gets no token (${error.code}): ${error.message}`)
  }
  sendProblem(response, 502, "The server cannot be reached.")
}

function sendProblem(response: ServerResponse, status: number, detail: string): void {
  // What was not read to its end leaves the connection in no state to go on with.
  if (status === 413) response.setHeader("connection", "close")
  if (status === 401) response.setHeader("www-authenticate", `DPoP error="invalid_token"`)
  sendJson(response, status, { type: "about:blank", status, detail }, "application/problem+json")
}

function sendJson(response: ServerResponse, status: number, body: object, type = "application/json"): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(JSON.stringify(body))
}
