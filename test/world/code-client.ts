import type { Client } from "@tabard/core"
import type { RunningServer } from "@tabard/server"
import * as oauth from "oauth4webapi"
import type { Person } from "./people.ts"
import { type PersonBrowser, personBrowser } from "./person-browser.ts"

/** Where the clients of these tests say that they listen. */
export const CALLBACK = "http://127.0.0.1:4711/callback"

// oxlint-disable-next-line typescript/no-deprecated -- marked so to stand out; these tests speak with loopback alone
const PLAIN = { [oauth.allowInsecureRequests]: true }

/** A client that others wrote (oauth4webapi), on the way to a token for one person. */
export interface CodeClient {
  readonly as: oauth.AuthorizationServer
  readonly client: oauth.Client
  readonly verifier: string
  readonly state: string
  readonly dpop: oauth.DPoPHandle | undefined
  /** Where it sends the person's browser; different in what is named, null leaves a member out. */
  url(changes?: Readonly<Record<string, string | null>>): Promise<URL>
  /** Asks for the token by the answer that the browser brought. */
  redeem(answer: URL, changes?: Redemption): Promise<Response>
  /** Pushes what it would send the browser with (RFC 9126), and answers what came of it. */
  push(
    changes?: Readonly<Record<string, string | null>>,
  ): Promise<{ readonly request_uri: string; readonly expires_in: number }>
  /** Where it sends the browser with what was pushed. */
  pushedUrl(requestUri: string): URL
  /** Asks for another one. */
  refresh(refreshToken: string): Promise<Response>
}

/** What a test changes of a request for a token. */
export interface Redemption {
  readonly verifier?: string
  readonly redirectUri?: string
  readonly resource?: string
  /** Authorization details, as they are sent. */
  readonly details?: string
}

/** What a client of these tests is. */
export interface CodeClientOptions {
  readonly clientId: string
  readonly resource?: string
  readonly scope?: string | null
  /** Whether its tokens are bound to a key. */
  readonly bound?: boolean
  readonly redirectUri?: string
  readonly authentication?: oauth.ClientAuth
}

/** Makes one. */
export async function codeClient(
  { publicUrl }: Pick<RunningServer, "publicUrl">,
  options: CodeClientOptions,
): Promise<CodeClient> {
  const { clientId, resource = `${publicUrl}/mcp`, scope = null, bound = true } = options
  const { redirectUri = CALLBACK, authentication = oauth.None() } = options
  const issuer = new URL(`${publicUrl}/oauth`)
  const discovery = await oauth.discoveryRequest(issuer, { ...PLAIN, algorithm: "oauth2" })
  const as = await oauth.processDiscoveryResponse(issuer, discovery)
  const client: oauth.Client = { client_id: clientId }
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const dpop = bound ? oauth.DPoP(client, await oauth.generateKeyPair("ES256")) : undefined
  const wire = { ...PLAIN, ...(dpop && { DPoP: dpop }) }
  const made: CodeClient = {
    as,
    client,
    verifier,
    state,
    dpop,
    async url(changes = {}) {
      const url = new URL(as.authorization_endpoint ?? "")
      const asked: Readonly<Record<string, string | null>> = {
        client_id: clientId,
        response_type: "code",
        redirect_uri: redirectUri,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        state,
        resource,
        scope,
        ...changes,
      }
      for (const [name, value] of Object.entries(asked)) if (value !== null) url.searchParams.set(name, value)
      return url
    },
    async redeem(answer, changes = {}) {
      const parameters = oauth.validateAuthResponse(as, client, answer, state)
      return oauth.authorizationCodeGrantRequest(
        as,
        client,
        authentication,
        parameters,
        changes.redirectUri ?? redirectUri,
        changes.verifier ?? verifier,
        {
          ...wire,
          additionalParameters: {
            resource: changes.resource ?? resource,
            ...(changes.details !== undefined && { authorization_details: changes.details }),
          },
        },
      )
    },
    async push(changes) {
      const parameters = (await made.url(changes)).searchParams
      const response = await oauth.pushedAuthorizationRequest(as, client, authentication, parameters, wire)
      return oauth.processPushedAuthorizationResponse(as, client, response)
    },
    pushedUrl(requestUri) {
      const url = new URL(as.authorization_endpoint ?? "")
      url.searchParams.set("client_id", clientId)
      url.searchParams.set("request_uri", requestUri)
      return url
    },
    refresh: (refreshToken) =>
      oauth.refreshTokenGrantRequest(as, client, authentication, refreshToken, {
        ...wire,
        additionalParameters: { resource },
      }),
  }
  return made
}

/** Reads the answer to a token request as a client does that holds to the specification. */
export async function tokensIn(
  { as, client }: Pick<CodeClient, "as" | "client">,
  response: Response,
): Promise<oauth.TokenEndpointResponse> {
  return oauth.processAuthorizationCodeResponse(as, client, response)
}

/** Asks the API as a person does in the console. */
export async function askAs<Answer>(
  { publicUrl }: Pick<RunningServer, "publicUrl">,
  { cookie }: Pick<Person, "cookie">,
  { path, body }: { readonly path: string; readonly body: object },
): Promise<Answer> {
  const response = await fetch(`${publicUrl}/api/v1${path}`, {
    method: "POST",
    headers: { cookie, "x-tabard": "1", "content-type": "application/json" },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  const answer: Answer = JSON.parse(await response.text())
  return answer
}

/** Registers a public client. */
export async function registerClient(
  server: Pick<RunningServer, "publicUrl">,
  administrator: Person,
  name: string,
): Promise<Client["id"]> {
  const body = { name, redirectUris: [CALLBACK] }
  const { id } = await askAs<{ id: Client["id"] }>(server, administrator, { path: "/clients", body })
  return id
}

/** Registers a public client, and lets whoever signs it in have it adopted at once. */
export async function adoptedClient(
  server: Pick<RunningServer, "publicUrl">,
  administrator: Person,
  tier: "read-only" | "transactional" = "read-only",
): Promise<Client["id"]> {
  const id = await registerClient(server, administrator, "Desk")
  const body = { match: id, purpose: "Helps at the desk.", tier, days: 30 }
  await askAs(server, administrator, { path: "/client-rules", body })
  return id
}

/** Lets agents of a tier that only reads have tokens that are bound to no key, and waits until that holds. */
export async function allowBearer(
  { publicUrl }: Pick<RunningServer, "publicUrl">,
  { cookie }: Pick<Person, "cookie">,
): Promise<void> {
  const path = `${publicUrl}/api/v1/settings/tokens`
  const headers = { cookie, "x-tabard": "1", "content-type": "application/json" }
  const settled = Object(await (await fetch(path, { headers })).json())
  const body = JSON.stringify({ ...settled, bearerTiers: ["read-only"] })
  const response = await fetch(path, { method: "PUT", headers, body })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  // What was settled before is known for a second.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
}

/** Goes from nothing to the answer of the token endpoint. */
export async function signedIn(
  server: RunningServer,
  person: Pick<Person, "cookie">,
  options: CodeClientOptions,
): Promise<{ readonly client: CodeClient; readonly browser: PersonBrowser; readonly response: Response }> {
  const client = await codeClient(server, options)
  const browser = personBrowser(server, person)
  const response = await client.redeem(await browser.agree(await client.url()))
  return { client, browser, response }
}
