/** The OAuth 2.0 authorization server for agents: RFC 6749 §4.4, 7523, 8414, 8707, 9068, 9396, 9449. */
import type { IncomingMessage, ServerResponse } from "node:http"
import type { PolicyKeeper, RecordGate, SeenAtDoor, Shelf } from "@tabard/control"
import type { Clock, Organisation } from "@tabard/core"
import type { JSONWebKeySet } from "jose"
import type { OutsideKeys } from "../federation/outside-keys.ts"
import type { TargetRules } from "../notifications/guard-address.ts"
import { CLIENT_ENDPOINTS } from "./endpoints/client-endpoint.ts"
import { clientEndpoint } from "./endpoints/serve-endpoint.ts"
import type { Grant } from "./grants/grant.ts"
import { GRANTS } from "./grants/grants.ts"
import type { KnownStanding } from "./known-standing.ts"
import { begunRequests } from "./people/begun-requests.ts"
import { peopleEndpoints } from "./people/people-endpoints.ts"
import type { ProofNonces } from "./proof-nonces.ts"
import { metadataDocuments, type ServerMetadata, serverMetadata, settledMetadata } from "./server-metadata.ts"
import { SettledTokens } from "./settled-tokens.ts"
import type { IssuerKeys } from "./signing-keys.ts"
import { BUNDLE_PATH, spiffeBundle } from "./spiffe-bundle.ts"
import { type Callback, tokenEndpoint } from "./token-endpoint.ts"

/** What an authorization server is made from. */
export interface AuthorizationServerOptions {
  readonly organisation: Organisation
  readonly shelf: Shelf
  readonly clock: Clock
  /** Its public address, without a slash at its end, e.g. `https://tabard.example/oauth`. */
  readonly issuer: string
  /** What tokens are issued for (RFC 8707): the gateway, and by addresses below it one server behind it. */
  readonly resource: string
  readonly keys: IssuerKeys
  readonly outside: TargetRules
  readonly provider: string | null
  /** The address that a request counts for. */
  readonly addressOf: (request: IncomingMessage) => string
  /** What is seen of the way that a request came: its address, and whether by the private endpoint. */
  readonly seenOf: (request: IncomingMessage) => SeenAtDoor
  /** What policies say of whoever asks for a token. */
  readonly policies: PolicyKeeper
  readonly cookieKeys: readonly string[]
  readonly nonces: ProofNonces
  /** How tokens stand, as the rest of this process knows it. */
  readonly standing: KnownStanding
  /** The keys of outside issuers whose workloads are agents. */
  readonly outsideKeys: OutsideKeys
  /** Asked before a token is issued. */
  readonly record: RecordGate
  readonly grants?: readonly Grant[]
  /** How often somebody may begin what a person is to answer; as often as begun-requests.ts says where it is not there. */
  readonly begun?: (who: string) => number
  /** Hears of what is a fault of ours; the client is told nothing of it. */
  readonly onFault: (error: unknown) => void
}

/** An authorization server. */
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

/** Makes the authorization server of one organisation. */
export function createAuthorizationServer(options: AuthorizationServerOptions): AuthorizationServer {
  const { issuer, keys } = options
  const { grants = GRANTS, begun = begunRequests(options.clock) } = options
  const metadata = serverMetadata(issuer, grants)
  const settled = new SettledTokens({ ...options.shelf, clock: options.clock })
  const settings = { ...options, transact: options.shelf.transact, grants, begun, settled }
  const token = tokenEndpoint(settings, options.onFault)
  const describe = async (document: object): Promise<object> => ({
    ...document,
    ...settledMetadata(issuer, await settled.read()),
  })
  const documents = new Map<string, () => unknown>([
    [new URL(metadata.jwks_uri).pathname, () => keys.published()],
    [BUNDLE_PATH, () => spiffeBundle(keys)],
    ...metadataDocuments(metadata).map(([path, document]) => [path, () => describe(document)] as const),
  ])
  const endpoints = new Map<string, Callback>([
    [new URL(metadata.token_endpoint).pathname, token.callback],
    ...CLIENT_ENDPOINTS.map(
      (endpoint) =>
        [
          new URL(issuer + endpoint.path).pathname,
          clientEndpoint(settings, endpoint, token.library),
        ] as const,
    ),
  ])

  const people = peopleEndpoints(settings, token.library)

  return {
    issuer,
    metadata,
    jwks: () => keys.published(),
    handles: (path) => endpoints.has(path) || people.handles(path) || documents.has(path),
    callback: async (request, response) => {
      const path = (request.url ?? "").split("?", 1)[0] ?? ""
      const endpoint = endpoints.get(path)
      if (endpoint) return endpoint(request, response)
      if (people.handles(path)) return people.callback(request, response)
      answerDocument(request, response, await documents.get(path)?.())
    },
  }
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

function answerEmpty(response: ServerResponse, status: number, headers: Record<string, string>): void {
  response.writeHead(status, { ...headers, "content-length": 0 })
  response.end()
}
