import { type JsonObject, Problem } from "@tabard/core"
import type { MiddlewareHandler } from "hono"
import { z } from "zod"
import { readBounded } from "../gateway/read-bounded.ts"
import { problemJson } from "../http/problem-json.ts"
import { problemResponse } from "../http/problem-response.ts"

/** The longest body that a receiver may send. */
const MOST_BODY_BYTES = 64 * 1024

const Body: z.ZodType<JsonObject> = z.record(z.string(), z.json())

/**
 * Reads the JSON object that a receiver sent; `empty` is what no body at all stands for.
 *
 * @throws {Problem} body_invalid, body_too_large
 */
export async function readBody(request: Request, empty?: JsonObject): Promise<JsonObject> {
  try {
    const text = await readBounded(request.body, MOST_BODY_BYTES)
    return text === "" && empty ? empty : Body.parse(JSON.parse(text))
  } catch (cause) {
    throw new Problem("body_invalid", `send one JSON object of at most ${MOST_BODY_BYTES} bytes`, { cause })
  }
}

/** Says a refusal as SSF 1.0 §8 and RFC 6750 §3.1 have it: what is malformed is 400, and a token that is too little is told so. */
export function managementRefusal(error: Error): Response {
  if (!(error instanceof Problem)) throw error
  if (error.code === "body_invalid") return problemJson(400, error.code, error.message)
  if (error.code === "api_token_not_found") return problemJson(400, error.code, error.message)
  if (error.code === "scope_missing") return problemJson(403, error.code, error.message, INSUFFICIENT)
  if (error.code === "api_token_invalid") return problemJson(401, error.code, error.message, INVALID)
  return problemResponse(error)
}

const INSUFFICIENT = {
  "www-authenticate": 'Bearer realm="tabard", error="insufficient_scope", scope="ssf.manage"',
}
const INVALID = { "www-authenticate": 'Bearer realm="tabard", error="invalid_token"' }

/** Has nobody between keep what a receiver is told. */
export const noStore: MiddlewareHandler = async ({ res, header }, next) => {
  await next()
  if (!res.headers.has("cache-control")) header("cache-control", "no-store")
}
