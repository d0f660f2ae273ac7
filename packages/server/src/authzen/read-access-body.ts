// What is read of a request: https://openid.net/specs/authorization-api-1_0.html §10.1
import { isJsonObject, type JsonObject, MalformedJson, parseLossless } from "@tabard/core"
import { readBounded, TooLarge } from "../gateway/read-bounded.ts"
import { AccessRefused, malformed } from "./access-refused.ts"

/** The largest body that is read, in bytes. */
export const MOST_BODY_BYTES: number = 1024 * 1024

/**
 * Reads the JSON object that a request carries, numbers as they are written, each name once.
 *
 * @throws {AccessRefused} 400, 413
 */
export async function readAccessBody(request: Request): Promise<JsonObject> {
  if (!isJson(request.headers.get("content-type")))
    throw malformed("send JSON, with content-type: application/json")
  if (request.headers.has("content-encoding"))
    throw malformed("send the body as it is, without content-encoding")
  return parseAccessBody(await textOf(request))
}

/** Answers whether a content type is that of JSON. */
export function isJson(type: string | null | undefined): boolean {
  return type === "application/json" || type?.split(";", 1)[0]?.trim().toLowerCase() === "application/json"
}

/**
 * Answers the JSON object that a text is.
 *
 * @throws {AccessRefused} 400
 */
export function parseAccessBody(text: string): JsonObject {
  const body = parsed(text)
  if (!isJsonObject(body)) throw malformed("the body has to be a JSON object")
  return body
}

async function textOf(request: Request): Promise<string> {
  try {
    return await readBounded(request.body, MOST_BODY_BYTES)
  } catch (error) {
    if (error instanceof TooLarge)
      throw new AccessRefused(413, "body_too_large", `the body is larger than ${MOST_BODY_BYTES} bytes`)
    throw malformed("the body could not be read to its end as UTF-8 text")
  }
}

function parsed(text: string): ReturnType<typeof parseLossless> {
  if (text === "") throw malformed("the request has no body: send a question as a JSON object")
  try {
    return parseLossless(text)
  } catch (error) {
    if (error instanceof MalformedJson) throw malformed(`the body cannot be read: ${error.message}`)
    throw error
  }
}
