import type { EventEmitter } from "node:events"
import type { IncomingMessage, ServerResponse } from "node:http"
import { ownGrants } from "./grants/grants.ts"
import { answerOpenGrant, openGrant } from "./grants/open-grants.ts"
import { registerOwnGrants } from "./grants/own-grants.ts"
import type { IssuerSettings } from "./issuer-settings.ts"
import { OidcProvider } from "./oidc-provider.ts"
import { providerConfiguration } from "./provider-configuration.ts"
import { readForm } from "./read-form.ts"
import { replayGuard } from "./replay-guard.ts"
import { takeOnce } from "./single-use.ts"

/** Answers one request. */
export type Callback = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Makes the token endpoint: the library's, with our grants beside its own. */
export function tokenEndpoint(settings: IssuerSettings, onFault: (error: unknown) => void): Callback {
  const answer = libraryCallback(settings, onFault)
  const hasOpen = ownGrants(settings.grants).some(({ client }) => client === "optional")
  return async (request, response) => {
    if (request.method !== "POST") {
      response.writeHead(405, { allow: "POST", "content-length": 0 }).end()
      return
    }
    // The library lets a page of any origin read its refusals, as long as it does not know the client.
    if (request.headers.origin !== undefined) return refusePage(response)
    const read = hasOpen ? await readForm(request) : undefined
    const open = read && openGrant(settings, read)
    if (open) return answerOpenGrant(settings, open, { ...read, response })
    await answer(read?.request ?? request, response)
  }
}

function libraryCallback(settings: IssuerSettings, onFault: (error: unknown) => void): Callback {
  const { protocol, host, pathname } = new URL(settings.issuer)
  const provider = new OidcProvider(settings.issuer, providerConfiguration(settings))
  provider.proxy = true
  const app: EventEmitter = provider
  app.on("error", onFault)
  provider.on("server_error", (_ctx, error) => onFault(error))
  takeOnce(provider, replayGuard(settings.shelf))
  registerOwnGrants(provider, settings)

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

function refusePage(response: ServerResponse): void {
  const body = JSON.stringify({
    error: "invalid_request",
    error_description: "no page of a site asks for tokens",
  })
  const headers = { "content-type": "application/json", "cache-control": "no-store" }
  response.writeHead(400, { ...headers, "content-length": Buffer.byteLength(body) }).end(body)
}
