import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { EmbeddedJWK, jwtVerify } from "jose"
import type { Credentials } from "../credentials.ts"
import { createKey } from "../key.ts"

/** How a service behaves that is not to be obliging. */
export interface Behaviour {
  readonly redirectTo?: string
  readonly nonce?: string
  readonly tokenNonce?: string
  readonly invalid?: string
  readonly refuseTokens?: number
  readonly tokenType?: string
  /** Asked before each answer: an agent that is suspended gets no token, and no call of it is taken. */
  readonly suspended?: () => boolean
}

/** What reached the resource. */
export interface Call {
  readonly authorization: string
  readonly dpop: string
  readonly body: string
}

/** What reached the token endpoint. */
export interface TokenRequest {
  readonly form: URLSearchParams
  readonly dpop: string
}

/** A resource with its issuer on loopback, which take notes of what is sent to them. */
export interface Service extends AsyncDisposable {
  readonly origin: string
  readonly credentials: Credentials
  readonly calls: readonly Call[]
  readonly tokenRequests: readonly TokenRequest[]
}

/** A proof whose signature is right by the key in its header. */
export interface VerifiedProof {
  readonly payload: Readonly<Record<string, unknown>>
  readonly jwk: unknown
}

/** Answers what a proof says, once its own key has been seen to sign it. */
export async function verifiedProof(proof: string): Promise<VerifiedProof> {
  const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK)
  return { payload, jwk: protectedHeader.jwk }
}

/** Opens a service of its own for one test. */
export async function openService(behaviour: Behaviour = {}): Promise<Service> {
  const calls: Call[] = []
  const tokenRequests: TokenRequest[] = []
  const server = createServer((request, response) => void answer(request, response))

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request)
    const dpop = String(request.headers["dpop"])
    if (request.url === "/oauth/token") {
      tokenRequests.push({ form: new URLSearchParams(body), dpop })
      return answerToken(response, behaviour, tokenRequests.length)
    }
    calls.push({ authorization: String(request.headers.authorization), dpop, body })
    answerCall(response, behaviour, calls)
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
  return {
    origin,
    calls,
    tokenRequests,
    credentials: {
      instance: "ins_1",
      agent: "agt_1",
      issuer: `${origin}/oauth`,
      tokenEndpoint: `${origin}/oauth/token`,
      resource: `${origin}/mcp`,
      key: await createKey(),
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answerToken(response: ServerResponse, behaviour: Behaviour, count: number): void {
  const { tokenNonce, refuseTokens = 0, tokenType = "DPoP" } = behaviour
  if (tokenNonce && count === 1) {
    return send(response, 400, { error: "use_dpop_nonce" }, { "dpop-nonce": tokenNonce })
  }
  if (count <= refuseTokens || behaviour.suspended?.()) {
    return send(response, 400, { error: "unauthorized_client", error_description: "The agent is suspended." })
  }
  send(response, 200, { access_token: `token-${count}`, token_type: tokenType, expires_in: 300 })
}

function answerCall(response: ServerResponse, behaviour: Behaviour, calls: readonly Call[]): void {
  const { redirectTo, nonce, invalid } = behaviour
  if (redirectTo) return send(response, 307, {}, { location: redirectTo })
  if (nonce && calls.length === 1) {
    const headers = { "dpop-nonce": nonce, "www-authenticate": `DPoP error="use_dpop_nonce"` }
    return send(response, 401, {}, headers)
  }
  if (calls.at(-1)?.authorization === `DPoP ${invalid}` || behaviour.suspended?.()) {
    return send(response, 401, {}, { "www-authenticate": `DPoP error="invalid_token"` })
  }
  send(response, 200, {})
}

function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers })
  response.end(JSON.stringify(body))
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}
