import type { JsonObject } from "@tabard/core"
import { jsonText } from "../http/json-text.ts"
import type { ScimRefusal } from "./scim-refusal.ts"

/** The media type of RFC 7644 §8.1. */
export const SCIM_JSON = "application/scim+json"

const ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"

/** Answers a body of SCIM. */
export function scimJson(
  body: JsonObject,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(jsonText(body), { status, headers: { ...headers, "content-type": SCIM_JSON } })
}

/** Answers a refusal as RFC 7644 §3.12 has it: the status stands in the body as text. */
export function scimError(
  { status, scimType, message }: Pick<ScimRefusal, "status" | "scimType" | "message">,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = { schemas: [ERROR], status: String(status), ...(scimType && { scimType }), detail: message }
  const challenge = status === 401 ? { "www-authenticate": 'Bearer realm="tabard"' } : {}
  return scimJson(body, status, { ...headers, ...challenge })
}
