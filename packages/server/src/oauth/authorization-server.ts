/** The OAuth 2.0 authorization server for agents: RFC 6749 §4.4, 7523, 8414, 8707, 9068, 9396, 9449. */
import type { EventEmitter } from "node:events"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { RecordGate, Shelf } from "@tabard/control"
import type { Clock, Organisation } from "@tabard/core"
import type { JSONWebKeySet } from "jose"
import { OidcProvider } from "./oidc-provider.ts"
import { PROOF_WINDOW_SECONDS } from "./proof-window.ts"
import { providerConfiguration } from "./provider-configuration.ts"
import { replayGuard, replayKey } from "./replay-guard.ts"
import { metadataPaths, type ServerMetadata, serverMetadata } from "./server-metadata.ts"
import { publicKeys, type SigningKey } from "./signing-keys.ts"

/** What an authorization server is made from. */
export interface AuthorizationServerOptions {
  readonly organisation: Organisation
  readonly shelf: Shelf
  readonly clock: Clock
  /** Its public address, without a slash at its end, e.g. `https://tabard.example/oauth`. */
  readonly issuer: string
  /** What tokens are issued for (RFC 8707): the gateway, and by addresses below it one server behind it. */
  readonly resource: string
  /** The first one signs; the others are published until their last token has ended. */
  readonly signingKeys: readonly [SigningKey, ...SigningKey[]]
  readonly cookieKeys: readonly string[]
  /** Asked before a token is issued. */
  readonly record: RecordGate
  readonly tokenLifetimeSeconds?: number
  /** Hears of what is a fault of ours; the client is told nothing of it. */
  readonly onFault: (error: unknown) => void
}

/** An authorization server. Making another over the same shelf and swapping the two is how its keys are rotated. */
export interface AuthorizationServer {
  readonly issuer: string
  readonly metadata: ServerMetadata
  /** The public keys that its tokens verify by. */
  jwks(): JSONWebKeySet
  /** Answers whether there is anything at this path: the token endpoint, the keys and the metadata, and no more. */
  handles(path: string): boolean
  /** Answers one request, also one that it has no business with. */
  callback(request: IncomingMessage, response: ServerResponse): Promise<void>
}

/** Five minutes: what a token is stolen for is over before it is sold. */
const DEFAULT_LIFETIME_SECONDS = 300

/** Makes the authorization server of one organisation. */
export function createAuthorizationServer(options: AuthorizationServerOptions): AuthorizationServer {
  const { issuer, signingKeys } = options
  const metadata = serverMetadata(issuer)
  const jwks = publicKeys(signingKeys)
  const token = tokenEndpoint(options)
  const documents = new Map<string, unknown>([
    [new URL(metadata.jwks_uri).pathname, jwks],
    ...metadataPaths(issuer).map((path) => [path, metadata] as const),
  ])
  const tokenPath = new URL(metadata.token_endpoint).pathname

  return {
    issuer,
    metadata,
    jwks: () => jwks,
    handles: (path) => path === tokenPath || documents.has(path),
    callback: async (request, response) => {
      const path = (request.url ?? "").split("?", 1)[0] ?? ""
      if (path === tokenPath) return token(request, response)
      answerDocument(request, response, documents.get(path))
    },
  }
}

type Callback = (request: IncomingMessage, response: ServerResponse) => Promise<void>

function tokenEndpoint(options: AuthorizationServerOptions): Callback {
  const { issuer, onFault, shelf, tokenLifetimeSeconds = DEFAULT_LIFETIME_SECONDS } = options
  const { protocol, host, pathname } = new URL(issuer)
  const provider = new OidcProvider(
    issuer,
    providerConfiguration({ ...options, transact: shelf.transact, tokenLifetimeSeconds }),
  )
  provider.proxy = true
  const app: EventEmitter = provider
  app.on("error", onFault)
  provider.on("server_error", (_ctx, error) => onFault(error))
  takeOnce(provider, shelf)

  const answer = provider.callback()
  return async (request, response) => {
    if (request.method !== "POST") return answerEmpty(response, 405, { allow: "POST" })
    // The library lets a page of any origin read its refusals, as long as it does not know the client.
    if (request.headers.origin !== undefined) return refusePage(response)
    // The library builds the addresses that proofs and assertions have to name from the request. They are the
    // issuer's, whatever a header says.
    request.headers["x-forwarded-proto"] = protocol.slice(0, -1)
    request.headers["x-forwarded-host"] = host
    const url = request.url ?? ""
    Object.assign(request, { originalUrl: url, url: url.slice(pathname.replace(/\/$/, "").length) })
    await answer(request, response)
  }
}

/**
 * The library looks an id up and then keeps it, so that of two at once both pass. Here the store decides who is first.
 * It is told to forget proofs when they are as old as the window allows; one from the future is still good then, so
 * everything is kept one window longer.
 */
function takeOnce(provider: OidcProvider, shelf: Shelf): void {
  const replay = replayGuard(shelf)
  provider.ReplayDetection.unique = (presenter, jti, until) =>
    replay.take("oauth", replayKey(presenter, jti), new Date((until + PROOF_WINDOW_SECONDS) * 1000))
}

function answerDocument(request: IncomingMessage, response: ServerResponse, document: unknown): void {
  if (document === undefined) return answerEmpty(response, 404, {})
  if (request.method !== "GET" && request.method !== "HEAD")
    return answerEmpty(response, 405, { allow: "GET, HEAD" })
  const body = JSON.stringify(document)
  response.writeHead(200, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "public, max-age=300",
    "x-content-type-options": "nosniff",
  })
  response.end(request.method === "HEAD" ? undefined : body)
}

function refusePage(response: ServerResponse): void {
  const body = JSON.stringify({
    error: "invalid_request",
    error_description: "no page of a site asks for tokens",
  })
  const headers = { "content-type": "application/json", "cache-control": "no-store" }
  response.writeHead(400, { ...headers, "content-length": Buffer.byteLength(body) }).end(body)
}

function answerEmpty(response: ServerResponse, status: number, headers: Record<string, string>): void {
  response.writeHead(status, { ...headers, "content-length": 0 })
  response.end()
}
