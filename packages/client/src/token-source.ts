import { assertedBy } from "./client-authentication.ts"
import type { Credentials } from "./credentials.ts"
import { type BoundToken, readIssuedToken } from "./issued-token.ts"
import type { GrantForm } from "./own-grant.ts"
import { dpopProof, type Now } from "./proofs.ts"
import { Refused, refusedBy } from "./refused.ts"

/** What getting tokens can be told. */
export interface TokenOptions {
  /** The task to act under; without one a token is good for standing intents alone. */
  readonly task?: string | undefined
  /** The effect classes to ask for, with a blank between them; without it all that the intent allows. */
  readonly scope?: string | undefined
  /** What to ask for in place of the credentials' resource. */
  readonly audience?: string | undefined
  /** How many calls the token is to be good for; without it they are not counted. */
  readonly calls?: number | undefined
  /** The one agent that may exchange the token, of those that may at all. */
  readonly mayAct?: string | undefined
  /** Answers another agent's token, to act for it; what is got is exchanged for that (RFC 8693). */
  readonly subject?: (() => Promise<string>) | undefined
  /**
   * Takes tokens that are bound to no key, for servers of others whose issuer binds none. Whoever overhears one can use it,
   * so they are refused where nobody says so.
   */
  readonly acceptUnbound?: boolean | undefined
  /** Reads the credentials anew before each token, since their key may have been rotated meanwhile. */
  readonly reread?: (() => Promise<Credentials>) | undefined
  readonly fetch?: typeof fetch | undefined
  readonly now?: Now | undefined
}

const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"

/**
 * Gets tokens that are bound to the agent's key, and keeps the current one until shortly before it ends. Asked by many
 * at once, it asks the issuer once.
 */
export class TokenSource {
  readonly #read: () => Promise<Credentials>
  readonly #wish: Pick<
    TokenOptions,
    "task" | "scope" | "audience" | "calls" | "mayAct" | "subject" | "acceptUnbound"
  >
  readonly #fetch: typeof fetch
  readonly #now: Now
  #current: BoundToken | undefined
  #pending: Promise<BoundToken> | undefined
  #nonce: string | undefined

  constructor(credentials: Credentials, options: TokenOptions = {}) {
    this.#read = options.reread ?? (async () => credentials)
    this.#wish = options
    this.#fetch = options.fetch ?? globalThis.fetch
    this.#now = options.now ?? (() => new Date())
  }

  /**
   * Answers a token that is good for another while.
   *
   * @throws {Refused} where the issuer says no: the agent is suspended, its task is over, its key was revoked
   */
  async token(): Promise<BoundToken> {
    if (this.#current && this.#now() < this.#current.renewAt) return this.#current
    this.#pending ??= this.#renew().finally(() => {
      this.#pending = undefined
    })
    return this.#pending
  }

  /** Forgets a token that a server refused, so that the next one is new. */
  forget({ accessToken }: BoundToken): void {
    if (this.#current?.accessToken === accessToken) this.#current = undefined
  }

  async #renew(): Promise<BoundToken> {
    const credentials = await this.#read()
    let response = await this.#ask(credentials)
    const nonce = response.headers.get("dpop-nonce")
    if (nonce) this.#nonce = nonce
    if (response.status === 400 && nonce) response = await this.#askAgain(credentials, response)
    if (!response.ok) throw await refusedBy(response)
    const { refreshToken, ...issued } = readIssuedToken(await response.json(), this.#now())
    credentials.grant?.granted?.(refreshToken)
    if (!issued.bound && !this.#wish.acceptUnbound)
      throw new Refused(200, "invalid_response", "The issuer answered a token that is bound to no key.")
    this.#current = { ...issued, key: credentials.key }
    return this.#current
  }

  /** The issuer may want its own nonce in the proof, and says so once (RFC 9449 §8). */
  async #askAgain(credentials: Credentials, response: Response): Promise<Response> {
    const refused = await refusedBy(response)
    if (refused.code !== "use_dpop_nonce") throw refused
    return this.#ask(credentials)
  }

  /** A workload that has no key of an install proves itself by a token of its own. */
  async #exchangeFor(credentials: Credentials, subject: string): Promise<GrantForm> {
    const { audience } = this.#wish
    const asked = {
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      subject_token: subject,
      subject_token_type: ACCESS_TOKEN,
      ...(audience !== undefined && { resource: audience }),
    }
    if (!credentials.grant) return { ...asked, ...(await assertedBy(credentials, this.#now)) }
    const own = new TokenSource(credentials, { fetch: this.#fetch, now: this.#now })
    const { accessToken } = await own.token()
    return { ...asked, actor_token: accessToken, actor_token_type: ACCESS_TOKEN }
  }

  async #ask(credentials: Credentials): Promise<Response> {
    const { tokenEndpoint, resource, key } = credentials
    const target = { method: "POST", url: tokenEndpoint, nonce: this.#nonce }
    const { subject, scope, audience } = this.#wish
    const grant = subject
      ? await this.#exchangeFor(credentials, await subject())
      : { ...(await grantFor(credentials, this.#now)), resource: audience ?? resource }
    const body = new URLSearchParams({ ...grant })
    const details = detailsOf(this.#wish)
    if (details.length > 0) body.set("authorization_details", JSON.stringify(details))
    if (scope) body.set("scope", scope)
    return this.#fetch(tokenEndpoint, {
      method: "POST",
      headers: { accept: "application/json", dpop: await dpopProof(key, target, this.#now) },
      body,
      redirect: "error",
    })
  }
}

/** The task to act under, and what bounds a token besides (RFC 9396). */
export function detailsOf({ task, calls, mayAct }: TokenOptions): readonly object[] {
  const bounds = { ...(calls !== undefined && { calls }), ...(mayAct && { may_act: mayAct }) }
  return [
    ...(task ? [{ type: "tabard_task", task }] : []),
    ...(Object.keys(bounds).length > 0 ? [{ type: "tabard_bounds", ...bounds }] : []),
  ]
}

/** An install proves itself by the key that it enrolled (RFC 7523 §2.2). */
async function grantFor(credentials: Credentials, now: Now): Promise<GrantForm> {
  if (credentials.grant) return credentials.grant.ask()
  return { grant_type: "client_credentials", ...(await assertedBy(credentials, now)) }
}
