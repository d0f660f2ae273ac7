/**
 * Client ID Metadata Documents: https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document (02). What a
 * new revision of the draft changes is changed here.
 */
import { isLoopback, isRedirectUri } from "@tabard/control"
import { isJsonObject, type Json, type JsonObject, MalformedJson, parseLossless } from "@tabard/core"
import { sendRequest } from "../../http/send-request.ts"
import { type TargetRules, targetMistake } from "../../notifications/guard-address.ts"
import { endpointTypesFor } from "../endpoints/client-endpoint.ts"
import { type Configuration, errors } from "../oidc-provider.ts"
import { TASK_DETAIL } from "../task-details.ts"
import { PERSON_GRANTS } from "./person-client.ts"

/** The draft recommends 5 KB; nobody needs longer to answer than a person waits. */
const LIMITS = { timeMs: 5000, mostAnswer: 5 * 1024 }

/** How long a document is remembered, in seconds: a client that was taken over is not believed for a day. */
const REMEMBERED = { min: 60, max: 3600 }

const AUTHENTICATIONS: readonly unknown[] = ["none", "private_key_jwt"]

type Fetch = NonNullable<Configuration["fetch"]>

/** The library asks by address alone. */
function addressOf(asked: Parameters<Fetch>[0]): string {
  if (typeof asked === "string") return asked
  return asked instanceof URL ? asked.href : asked.url
}

/** The library's feature, within our bounds. */
export const CLIENT_DOCUMENTS: NonNullable<
  NonNullable<Configuration["features"]>["clientIdMetadataDocument"]
> = { enabled: true, ack: "draft-02", cacheDuration: REMEMBERED }

/**
 * Answers how the library reaches what is outside: where the operator lets this server lead, within bounds of time and
 * size, and without following anybody further. Of a client's document only what we have a use for is handed on, in the
 * form that our own clients have.
 */
export function outsideFetch(rules: TargetRules): Fetch {
  return async (asked) => {
    const address = addressOf(asked)
    const mistake = targetMistake(rules, address)
    if (mistake) throw new TypeError(`${address.slice(0, 200)} cannot be asked: ${mistake}`)
    const request = {
      method: "GET",
      url: address,
      headers: { accept: "application/json" },
      body: "",
    } as const
    const answer = await sendRequest(rules, request, LIMITS)
    if (answer.kind === "failed") throw new TypeError(answer.said)
    if (!answer.whole) throw new TypeError("it is longer than such a document may be")
    const control = answer.headers["cache-control"]
    const headers = { ...(control !== undefined && { "cache-control": control }) }
    // No redirect is followed: what the client's address proves is its own host alone.
    if (answer.status !== 200) throw new TypeError(`it answers ${answer.status}`)
    const document = parsed(answer.body)
    const text = document["client_id"] === undefined ? answer.body : JSON.stringify(clientIn(document))
    return new Response(text, { headers })
  }
}

/** Two readers of one document must not find two clients in it. */
function parsed(text: string): JsonObject {
  try {
    const document = parseLossless(text)
    if (isJsonObject(document)) return document
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error
  }
  throw new TypeError("it is no JSON object, or says something twice")
}

/** Answers a client of people's as its document describes it. */
function clientIn(document: JsonObject): JsonObject {
  const { client_id, client_name, redirect_uris, jwks, jwks_uri, dpop_bound_access_tokens } = document
  const {
    client_secret,
    client_secret_expires_at,
    grant_types,
    token_endpoint_auth_method = "none",
  } = document
  if (client_secret !== undefined || client_secret_expires_at !== undefined)
    throw new errors.InvalidClientMetadata("a client document holds no secret")
  if (!AUTHENTICATIONS.includes(token_endpoint_auth_method))
    throw new errors.InvalidClientMetadata("a client authenticates by private_key_jwt or not at all")
  const uris = redirectsIn(redirect_uris)
  return {
    client_id,
    ...present({ client_name, jwks, jwks_uri, dpop_bound_access_tokens }),
    redirect_uris: uris,
    application_type: uris.some((uri) => !uri.startsWith("https:") || isLoopback(uri)) ? "native" : "web",
    grant_types: [
      ...PERSON_GRANTS.filter((type, at) => at === 0 || listed(grant_types, type)),
      ...endpointTypesFor(token_endpoint_auth_method === "none" ? "none" : "private_key_jwt"),
    ],
    response_types: ["code"],
    token_endpoint_auth_method,
    authorization_details_types: [TASK_DETAIL],
  }
}

function redirectsIn(uris: Json | undefined): readonly string[] {
  const texts = Array.isArray(uris) ? uris.filter((uri) => typeof uri === "string") : []
  if (!Array.isArray(uris) || texts.length === 0 || texts.length < uris.length || !texts.every(isRedirectUri))
    throw new errors.InvalidClientMetadata(
      "a redirect address of the document is none that a code is sent to",
    )
  return texts
}

function listed(types: Json | undefined, type: string): boolean {
  return Array.isArray(types) && types.includes(type)
}

function present(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
