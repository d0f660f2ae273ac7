/** Asking a person for a token that acts for them: OpenID Connect Client-Initiated Backchannel Authentication, Core 1.0 §7. */
import { askForToken, POLL_SECONDS, type TokenAsk } from "@tabard/control"
import { type EffectClass, isId, visibleText } from "@tabard/core"
import { askedDetailsOf } from "../asked-details.ts"
import { askedEffects } from "../asked-effects.ts"
import type { ClientEndpoint } from "../endpoints/client-endpoint.ts"
import { askedResource } from "../grants/asked-resource.ts"
import type { GrantParameters } from "../grants/grant.ts"
import { errors } from "../oidc-provider.ts"
import { BACKCHANNEL } from "./people-routes.ts"

/** The value of scope that every request brings (§7.1), and that the ID token of the answer is for. */
export const OPENID = "openid"

/** As much as a person reads at a glance on two screens. */
const MOST_MESSAGE_CHARS = 140
const MOST_HINT_CHARS = 320

/** Has an install ask one person, and answers the id by which it comes back for what they said. */
export const askOwner: ClientEndpoint = {
  path: BACKCHANNEL,
  type: "urn:tabard:endpoint:bc-authorize",
  parameters: [
    "scope",
    "resource",
    "authorization_details",
    "login_hint",
    "login_hint_token",
    "id_token_hint",
    "binding_message",
    "requested_expiry",
    "request",
  ],
  answer: async ({ parameters, client }, settings) => {
    const stop = await settings.record.stop()
    if (stop) throw new errors.TemporarilyUnavailable(stop.words)
    if (!isId("instance", client.id))
      throw new errors.UnauthorizedClient("only an agent's install asks its people by this")
    const wait = settings.begun(client.id)
    if (wait > 0) throw withStatus(429, new errors.SlowDown(`ask again in ${wait} seconds`))
    if (parameters.one("request") !== undefined)
      throw new errors.InvalidRequest("signed requests are not read here: bring the parameters themselves")
    const ask: TokenAsk = {
      instance: client.id,
      audience: await askedResource(parameters, settings),
      scope: effectsIn(parameters.one("scope")),
      ...askedDetailsOf(parameters.one("authorization_details")),
      hint: oneHint(parameters),
      message: shownMessage(parameters.one("binding_message")),
      wait: askedWait(parameters.one("requested_expiry")),
    }
    const asked = await askForToken({ ...settings, door: "issuer" }, ask)
    switch (asked.kind) {
      case "unknown-person":
        throw new errors.UnknownUserId("this names nobody who answers for the agent, or helps with it")
      case "refused":
        // §13: what is refused before anybody is asked is forbidden.
        throw withStatus(403, new errors.AccessDenied(asked.words))
      case "asked": {
        const left = asked.expiresAt.getTime() - settings.clock.now().getTime()
        return { auth_req_id: asked.id, expires_in: Math.floor(left / 1000), interval: POLL_SECONDS }
      }
    }
  },
}

function effectsIn(scope: string | undefined): readonly EffectClass[] | null {
  const values = (scope ?? "").split(" ")
  if (!values.includes(OPENID)) throw new errors.InvalidScope(`the scope has to name ${OPENID}`, scope ?? "")
  return askedEffects(values.filter((value) => value !== OPENID).join(" "))
}

/** §7.1: one of the hints, and not more; only `login_hint` is known here. */
function oneHint(parameters: GrantParameters): string {
  const hint = parameters.one("login_hint")
  const others = ["login_hint_token", "id_token_hint"].filter((name) => parameters.one(name) !== undefined)
  if (hint === undefined || others.length > 0)
    throw new errors.InvalidRequest("the request has to name who is asked by login_hint, and by nothing else")
  return hint.slice(0, MOST_HINT_CHARS)
}

/** A message that could hide or reorder what stands beside it is no message. */
function shownMessage(message: string | undefined): string | null {
  if (message === undefined) return null
  if (message.length <= MOST_MESSAGE_CHARS && visibleText(message) === message && message.trim() !== "")
    return message
  throw new errors.InvalidBindingMessage(
    `binding_message may have ${MOST_MESSAGE_CHARS} plain characters, in one line`,
  )
}

function askedWait(seconds: string | undefined): number | null {
  if (seconds === undefined) return null
  if (/^[1-9]\d{0,8}$/.test(seconds)) return Number(seconds)
  throw new errors.InvalidRequest("requested_expiry is a number of seconds")
}

/** The library says whatever it refuses with 400. */
function withStatus(status: number, error: Error): Error {
  return Object.assign(error, { status, statusCode: status })
}
