import type { EventEmitter } from "node:events"
import type { IncomingMessage, ServerResponse } from "node:http"
import { answerJson } from "./answer-json.ts"
import { registerEndpoints } from "./endpoints/serve-endpoint.ts"
import { ownGrants } from "./grants/grants.ts"
import { answerOpenGrant, openGrant } from "./grants/open-grants.ts"
import { registerOwnGrants } from "./grants/own-grants.ts"
import type { IssuerSettings } from "./issuer-settings.ts"
import { Unjudgeable } from "./oauth-refusal.ts"
import { OidcProvider } from "./oidc-provider.ts"
import { stayHere } from "./people/stay-here.ts"
import { providerConfiguration } from "./provider-configuration.ts"
import { readForm } from "./read-form.ts"
import { replayGuard } from "./replay-guard.ts"
import type { TokenKey } from "./signing-keys.ts"
import { takeOnce } from "./single-use.ts"
import { wantedNonces } from "./wanted-nonces.ts"
import { writeAlong } from "./written-along.ts"

/** Answers one request. */
export type Callback = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const PAGE_REFUSED = { error: "invalid_request", error_description: "no page of a site asks for tokens" }

/** The token endpoint, and the library that stands behind it. */
export interface TokenEndpoint {
  readonly callback: Callback
  readonly library: Callback
}

/** Makes the token endpoint: the library's, with our grants beside its own. */
export function tokenEndpoint(settings: IssuerSettings, onFault: (error: unknown) => void): TokenEndpoint {
  const library = currentLibrary(settings, onFault)
  return { library, callback: guarded(settings, library, onFault) }
}

/** The library knows one set of keys for as long as it lives, so there is another of it for each key that signs. */
function currentLibrary(settings: IssuerSettings, onFault: (error: unknown) => void): Callback {
  let made: { readonly keys: readonly TokenKey[]; readonly answer: Callback } | undefined
  return (request, response) => {
    const keys = [settings.keys.signingTokens(), settings.keys.signing()]
    if (!made || keys.some((key, at) => key !== made?.keys[at]))
      made = { keys, answer: libraryCallback(settings, onFault) }
    return made.answer(request, response)
  }
}

function guarded(settings: IssuerSettings, answer: Callback, onFault: (error: unknown) => void): Callback {
  const hasOpen = ownGrants(settings.grants).some(({ client }) => client === "optional")
  return async (request, response) => {
    if (request.method !== "POST") {
      response.writeHead(405, { allow: "POST", "content-length": 0 }).end()
      return
    }
    // The library lets a page of any origin read its refusals, as long as it does not know the client.
    if (request.headers.origin !== undefined) return answerJson(response, 400, PAGE_REFUSED)
    // What was settled is known from here on to whoever cannot wait for it.
    await settings.settled.read()
    const read = hasOpen ? await readForm(request) : undefined
    const open = read && openGrant(settings, read)
    if (open)
      return answerOpenGrant(settings, open, {
        ...read,
        response,
        onRefusal: (error) => tellFault(error, onFault),
      })
    await answer(read?.request ?? request, response)
  }
}

function tellFault(refusal: unknown, onFault: (error: unknown) => void): void {
  if (refusal instanceof Unjudgeable) onFault(refusal.fault)
}

function libraryCallback(settings: IssuerSettings, onFault: (error: unknown) => void): Callback {
  const { protocol, host, pathname } = new URL(settings.issuer)
  const provider = new OidcProvider(settings.issuer, providerConfiguration(settings))
  provider.proxy = true
  const app: EventEmitter = provider
  app.on("error", onFault)
  provider.on("server_error", (_ctx, error) => onFault(error))
  provider.on("grant.error", (_ctx, error) => tellFault(error, onFault))
  takeOnce(provider, replayGuard(settings.shelf))
  writeAlong(provider)
  provider.use(async (ctx, next) => {
    await next()
    // A client would go on repeating what nobody wants.
    if (ctx.status === 200 && !wantedNonces(settings)) ctx.remove("dpop-nonce")
  })
  provider.use(stayHere(settings.issuer))
  registerOwnGrants(provider, settings)
  registerEndpoints(provider, settings)

  const answer = provider.callback()
  return async (request, response) => {
    // The library builds the addresses that proofs and assertions have to name from the request. They are the
    // issuer's, whatever a header says.
    request.headers["x-forwarded-proto"] = protocol.slice(0, -1)
    request.headers["x-forwarded-host"] = host
    const url = request.url ?? ""
    Object.assign(request, { originalUrl: url, url: url.slice(pathname.replace(/\/$/, "").length) })
    await answer(request, response)
  }
}
