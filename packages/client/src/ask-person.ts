/** Asking a person for a token: OpenID Connect Client-Initiated Backchannel Authentication, Core 1.0, poll mode. */
import { setTimeout as timer } from "node:timers/promises"
import { assertedBy } from "./client-authentication.ts"
import type { Credentials } from "./credentials.ts"
import type { BoundToken } from "./issued-token.ts"
import type { GrantForm } from "./own-grant.ts"
import type { Now } from "./proofs.ts"
import { Refused, refusedBy } from "./refused.ts"
import { detailsOf, type TokenOptions, TokenSource } from "./token-source.ts"

/** Whom an agent asks, and for what. */
export interface AskPersonOptions
  extends Pick<TokenOptions, "task" | "scope" | "audience" | "calls" | "mayAct" | "fetch" | "now"> {
  /** The id or the email of somebody who owns the agent or helps with it. */
  readonly person: string
  /** A few words that the person is shown, and that the agent shows where it runs. */
  readonly message?: string | undefined
  /** Hears that the person was asked, and until when an answer is waited for. */
  readonly asked?: ((until: Date) => void) | undefined
  /** Ends the waiting. The question stays until its time is over. */
  readonly signal?: AbortSignal | undefined
  /** Waits between two polls; by the machine's timer where nobody says. */
  readonly pause?: ((ms: number) => Promise<unknown>) | undefined
}

/**
 * Asks a person whether the agent may act for them, waits until they have answered, and answers the token that they said
 * yes to: bound to the agent's key, good once for what was asked.
 *
 * @throws {Refused} `access_denied` where they said no, `expired_token` where nobody answered in time, `unknown_user_id`
 * where whoever is named has nothing to do with the agent
 */
export async function askPerson(credentials: Credentials, options: AskPersonOptions): Promise<BoundToken> {
  const { fetch, now = () => new Date(), audience, signal } = options
  const { pause = (ms: number) => timer(ms, undefined, { signal }) } = options
  const question = await begin(credentials, options, now)
  options.asked?.(question.until)
  const ask = async (): Promise<GrantForm> => ({
    grant_type: "urn:openid:params:grant-type:ciba",
    auth_req_id: question.id,
    ...(await assertedBy(credentials, now)),
  })
  const source = new TokenSource({ ...credentials, grant: { ask } }, { audience, fetch, now })
  let seconds = question.interval
  for (;;) {
    await pause(seconds * 1000)
    try {
      return await source.token()
    } catch (error) {
      seconds += slowerBy(error)
    }
  }
}

interface Question {
  readonly id: string
  readonly until: Date
  readonly interval: number
}

async function begin(credentials: Credentials, options: AskPersonOptions, now: Now): Promise<Question> {
  const { person, message, scope, audience, fetch: carry = globalThis.fetch } = options
  const details = detailsOf(options)
  const response = await carry(`${credentials.issuer}/bc-authorize`, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({
      ...(await assertedBy(credentials, now)),
      scope: scope ? `openid ${scope}` : "openid",
      resource: audience ?? credentials.resource,
      login_hint: person,
      ...(message !== undefined && { binding_message: message }),
      ...(details.length > 0 && { authorization_details: JSON.stringify(details) }),
    }),
    redirect: "error",
  })
  if (!response.ok) throw await refusedBy(response)
  return readQuestion(await response.json(), now())
}

/** §7.3: five seconds where the server does not say how often it may be asked. */
function readQuestion(body: unknown, now: Date): Question {
  const { auth_req_id: id, expires_in: left, interval = 5 } = { ...Object(body) }
  if (typeof id !== "string" || typeof left !== "number" || typeof interval !== "number")
    throw new Refused(200, "invalid_response", "The issuer's answer is none of a question that waits.")
  return { id, until: new Date(now.getTime() + left * 1000), interval }
}

/** §11: what is no end is waited for, and five seconds more each time where it was asked too soon. */
function slowerBy(error: unknown): number {
  const code = error instanceof Refused ? error.code : undefined
  if (code === "authorization_pending") return 0
  if (code === "slow_down") return 5
  throw error
}
