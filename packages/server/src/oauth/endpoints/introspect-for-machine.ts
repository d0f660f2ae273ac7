import type { IncomingMessage, ServerResponse } from "node:http"
import { isWithinScopes } from "@tabard/api"
import { tokenUser } from "@tabard/control"
import { answerJson } from "../answer-json.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { readForm } from "../read-form.ts"
import { introspect } from "./introspect.ts"

/** What an API token has to be made for. */
const OPERATION = "introspectToken"

/**
 * Answers how a token stands to an enforcement point or a resource server, which proves itself by an API token: it has
 * to know of tokens that are not its own (RFC 7662 §2.1).
 */
export async function introspectForMachine(
  settings: IssuerSettings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = await refusalOf(settings, request.headers.authorization ?? "")
  if (refusal) {
    response.setHeader("www-authenticate", `Bearer error="${refusal.error}"`)
    return answerJson(response, refusal.error === "invalid_token" ? 401 : 403, refusal)
  }
  const token = (await readForm(request))?.form.getAll("token") ?? []
  if (token.length !== 1 || !token[0]) {
    const words = "the request has to be a form with exactly one token"
    return answerJson(response, 400, { error: "invalid_request", error_description: words })
  }
  answerJson(response, 200, await introspect(settings, token[0]))
}

async function refusalOf(
  { shelf, clock }: IssuerSettings,
  authorization: string,
): Promise<{ error: "invalid_token" | "insufficient_scope"; error_description: string } | undefined> {
  const machine = await tokenUser({ ...shelf, clock }, authorization.slice("Bearer ".length))
  if (!machine) {
    return {
      error: "invalid_token",
      error_description: "this needs an API token that is not over or revoked",
    }
  }
  if (isWithinScopes(OPERATION, machine.apiToken.scopes)) return undefined
  return { error: "insufficient_scope", error_description: `the API token was not made for ${OPERATION}` }
}
