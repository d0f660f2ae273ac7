/** Dynamic client registration, by an initial access token: https://www.rfc-editor.org/rfc/rfc7591 */
import type { IncomingMessage, ServerResponse } from "node:http"
import { type ClientRegistration, isRedirectUri, registerByToken } from "@tabard/control"
import { isJsonObject, type JsonObject, MalformedJson, Problem, parseLossless } from "@tabard/core"
import { z } from "zod"
import { answerJson } from "../answer-json.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { parsePublicKey, UnusableKey } from "../public-key.ts"
import { PERSON_GRANTS, personClient } from "./person-client.ts"

/** More than any client of ours has to say. */
const MAX_BYTES = 16 * 1024

/** What a client may bring that nothing here would hold it to. */
const REFUSED = ["client_id", "client_secret", "client_secret_expires_at", "jwks_uri", "software_statement"]

const Metadata = z.object({
  redirect_uris: z.array(z.string()).min(1).max(20),
  client_name: z.string().max(1000).default(""),
  grant_types: z
    .array(z.enum(PERSON_GRANTS))
    .refine((types) => types.includes("authorization_code"))
    .optional(),
  response_types: z.array(z.literal("code")).min(1).optional(),
  token_endpoint_auth_method: z.enum(["none", "private_key_jwt"]).optional(),
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1).max(4) }).optional(),
})

class Refusal extends Error {
  readonly status: number
  readonly error: string

  constructor(status: number, error: string, description: string) {
    super(description)
    this.status = status
    this.error = error
  }
}

/** Registers the client that asks, or says in the words of §3.2.2 why not. Where it is off there is nothing here. */
export async function answerRegistration(
  settings: IssuerSettings,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  if ((await settings.settled.read()).clientRegistration === "off")
    return answerJson(response, 404, { error: "not_found" })
  try {
    answerJson(response, 201, await registered(settings, request))
  } catch (error) {
    const { status, error: code, message } = refusalOf(error)
    if (status === 401) response.setHeader("www-authenticate", `Bearer error="${code}"`)
    answerJson(response, status, { error: code, error_description: message })
  }
}

async function registered(settings: IssuerSettings, request: IncomingMessage): Promise<object> {
  const stop = await settings.record.stop()
  if (stop) throw new Refusal(503, "temporarily_unavailable", stop.words)
  const [, token = ""] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "") ?? []
  const registration = await registrationIn(await documentIn(request))
  const client = await registerByToken({ ...settings, door: "issuer" }, { token, registration })
  return { ...personClient(client), client_id_issued_at: Math.floor(client.createdAt.getTime() / 1000) }
}

async function documentIn(request: IncomingMessage): Promise<JsonObject> {
  const { "content-type": type = "", "content-length": length } = request.headers
  if (!/^application\/json\s*(;|$)/i.test(type)) throw unusable("the request has to be application/json")
  if (!(Number(length) <= MAX_BYTES))
    throw new Refusal(413, "invalid_client_metadata", `a client describes itself in ${MAX_BYTES} bytes`)
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  try {
    const document = parseLossless(Buffer.concat(chunks).toString("utf8"))
    if (isJsonObject(document)) return document
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error
  }
  throw unusable("it is no JSON object, or says something twice")
}

async function registrationIn(document: JsonObject): Promise<ClientRegistration> {
  const brought = REFUSED.find((name) => document[name] !== undefined)
  if (brought !== undefined) throw unusable(`${brought} is not taken here; keys are brought as jwks`)
  const { success, data, error } = Metadata.safeParse(document)
  if (!success) throw unusable(`${error.issues[0]?.path.join(".")} is not what is taken here`)
  const { client_name, redirect_uris: redirectUris, jwks, token_endpoint_auth_method: method } = data
  if ((method === "private_key_jwt") !== (jwks !== undefined))
    throw unusable("a client with jwks authenticates by private_key_jwt, and no other does")
  if (!redirectUris.every(isRedirectUri))
    throw new Refusal(400, "invalid_redirect_uri", "a code is not sent to one of these addresses")
  const keys = await Promise.all((jwks?.keys ?? []).map(async (key) => (await parsePublicKey(key)).jwk))
  return { name: plain(client_name) || "a client without a name", redirectUris, keys }
}

/** What a client calls itself is a stranger's word: one line, and short. */
function plain(name: string): string {
  return name
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
    .trim()
    .slice(0, 80)
}

function unusable(description: string): Refusal {
  return new Refusal(400, "invalid_client_metadata", description)
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof UnusableKey) return unusable(`a key cannot be used. ${error.message}`)
  if (!(error instanceof Problem)) throw error
  if (error.code === "api_token_not_found") return new Refusal(401, "invalid_token", error.message)
  return new Refusal(403, "access_denied", error.message)
}
