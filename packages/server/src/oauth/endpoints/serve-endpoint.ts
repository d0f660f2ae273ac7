import { answerJson } from "../answer-json.ts"
import { grantParameters } from "../grants/grant-parameters.ts"
import { clientOf } from "../grants/own-grants.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { oauthRefusal } from "../oauth-refusal.ts"
import type { OidcProvider } from "../oidc-provider.ts"
import { readForm, withForm } from "../read-form.ts"
import { replayGuard } from "../replay-guard.ts"
import { takeNow } from "../single-use.ts"
import type { Callback } from "../token-endpoint.ts"
import { CLIENT_ENDPOINTS, type ClientEndpoint } from "./client-endpoint.ts"

/** Has the library hand requests to these endpoints over, once it knows which client makes them. */
export function registerEndpoints(provider: OidcProvider, settings: IssuerSettings): void {
  for (const endpoint of CLIENT_ENDPOINTS) {
    provider.registerGrantType(
      endpoint.type,
      async (ctx) => {
        await takeNow(replayGuard(settings.shelf), ctx)
        const request = {
          parameters: grantParameters((name) => ctx.oidc.params?.[name]),
          client: clientOf(ctx, null),
          seen: settings.seenOf(ctx.req),
        }
        const body = await endpoint.answer(request, settings).catch((error: unknown) => {
          throw oauthRefusal(error)
        })
        ctx.body = body ?? ""
      },
      endpoint.parameters,
    )
  }
}

/**
 * Answers requests to an endpoint of clients. The library proves who a client is at the token endpoint alone, so that
 * is where it believes to be.
 */
export function clientEndpoint(
  settings: IssuerSettings,
  { type, forMachines }: ClientEndpoint,
  library: Callback,
): Callback {
  const tokenPath = new URL(`${settings.issuer}/token`).pathname
  return async (request, response) => {
    if (request.method !== "POST") {
      response.writeHead(405, { allow: "POST", "content-length": 0 }).end()
      return
    }
    const machine = request.headers.authorization?.startsWith("Bearer ")
    if (machine && forMachines) return forMachines(settings, request, response)
    const read = request.headers.origin === undefined ? await readForm(request) : undefined
    if (!read) return answerJson(response, 400, NO_FORM)
    read.form.delete("grant_type")
    read.form.append("grant_type", type)
    await library(withForm(read.request, tokenPath, read.form), response)
  }
}

const NO_FORM = {
  error: "invalid_request",
  error_description: "the request has to be a form of at most 56 KiB, and not a page's",
}
