import type { Credentials } from "./credentials.ts"
import type { BoundToken } from "./issued-token.ts"
import { dpopProof, type ProofTarget } from "./proofs.ts"
import { type TokenOptions, TokenSource } from "./token-source.ts"

/** What proves one request: neither is worth anything for another. */
export interface BoundHeaders {
  readonly authorization: string
  readonly dpop: string
}

/** Authenticates requests as the agent, all by one token that is renewed. */
export interface BoundSender {
  readonly tokens: TokenSource
  /** Sends a request with its token and a proof for exactly this request. */
  readonly fetch: typeof fetch
  /** Answers what a request is to be sent with that somebody else sends. */
  prove(target: Omit<ProofTarget, "accessToken">): Promise<BoundHeaders>
}

/**
 * Answers what authenticates requests as the agent. It talks to the origin of the credentials' resource and to no other,
 * and follows no redirect: a token that went elsewhere would say there who the agent is.
 */
export function boundSender(credentials: Credentials, options: TokenOptions = {}): BoundSender {
  const { fetch: carry = globalThis.fetch, now = () => new Date() } = options
  const tokens = new TokenSource(credentials, options)
  const { origin } = new URL(credentials.resource)
  let lastNonce: string | undefined

  async function headersOf({ accessToken, key }: BoundToken, target: ProofTarget): Promise<BoundHeaders> {
    assertOrigin(target.url, origin)
    const proven = { nonce: lastNonce, ...target, accessToken }
    return { authorization: `DPoP ${accessToken}`, dpop: await dpopProof(key, proven, now) }
  }

  async function send(request: Request, token: BoundToken): Promise<Response> {
    const { method, url } = request
    const headers = token.bound ? await headersOf(token, { method, url }) : bearerOf(token)
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
    const response = await carry(request)
    lastNonce = response.headers.get("dpop-nonce") ?? lastNonce
    return response
  }

  async function sendBound(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
    const request = new Request(input, { ...init, redirect: "error" })
    assertOrigin(request.url, origin)
    const token = await tokens.token()
    const first = await send(request.clone(), token)
    if (first.status !== 401) return first
    const challenge = first.headers.get("www-authenticate") ?? ""
    if (challenge.includes('error="invalid_token"')) tokens.forget(token)
    if (!challenge.includes('error="use_dpop_nonce"')) return first
    await first.body?.cancel()
    return send(request, token)
  }

  return {
    tokens,
    fetch: sendBound,
    prove: async (target) => headersOf(await tokens.token(), target),
  }
}

/** Answers a `fetch` that authenticates each request as the agent (see boundSender). */
export function boundFetch(credentials: Credentials, options: TokenOptions = {}): typeof fetch {
  return boundSender(credentials, options).fetch
}

/** Of a token that is bound to no key, where such were accepted. */
function bearerOf({ accessToken }: BoundToken): Pick<BoundHeaders, "authorization"> {
  return { authorization: `Bearer ${accessToken}` }
}

function assertOrigin(url: string, origin: string): void {
  const asked = new URL(url).origin
  if (asked !== origin) {
    throw new TypeError(`The agent's token is for ${origin}; it is not sent to ${asked}.`)
  }
}
