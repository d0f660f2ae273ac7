import type { Credentials } from "./credentials.ts"
import { dpopProof } from "./proofs.ts"
import { type BoundToken, type TokenOptions, TokenSource } from "./token-source.ts"

/**
 * Answers a `fetch` that authenticates each request as the agent: its token, and a fresh proof for exactly this
 * request. It talks to the origin of the credentials' resource and to no other, and follows no redirect: a token that
 * went elsewhere would say there who the agent is.
 */
export function boundFetch(credentials: Credentials, options: TokenOptions = {}): typeof fetch {
  const { fetch: carry = globalThis.fetch, now = () => new Date() } = options
  const tokens = new TokenSource(credentials, options)
  const { origin } = new URL(credentials.resource)
  let nonce: string | undefined

  async function send(request: Request, token: BoundToken): Promise<Response> {
    const { method, url } = request
    const { accessToken } = token
    request.headers.set("authorization", `DPoP ${accessToken}`)
    request.headers.set("dpop", await dpopProof(credentials.key, { method, url, accessToken, nonce }, now))
    const response = await carry(request)
    nonce = response.headers.get("dpop-nonce") ?? nonce
    return response
  }

  return async (input, init) => {
    const request = new Request(input, { ...init, redirect: "error" })
    if (new URL(request.url).origin !== origin) {
      throw new TypeError(
        `The agent's token is for ${origin}; it is not sent to ${new URL(request.url).origin}.`,
      )
    }
    const token = await tokens.token()
    const first = await send(request.clone(), token)
    if (first.status !== 401) return first
    const challenge = first.headers.get("www-authenticate") ?? ""
    if (challenge.includes('error="invalid_token"')) tokens.forget(token)
    if (!challenge.includes('error="use_dpop_nonce"')) return first
    await first.body?.cancel()
    return send(request, token)
  }
}
