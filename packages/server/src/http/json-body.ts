import { MalformedJson, Problem, parseLossless } from "@tabard/core"
import { readBounded, TooLarge } from "../gateway/read-bounded.ts"

/** What may be sent, and how much of it. */
export interface BodyBounds {
  /** In bytes. */
  readonly most: number
  /** The media types that are taken; JSON's own where nobody says. */
  readonly types?: readonly string[]
}

const JSON_TYPES = ["application/json"]

/**
 * Reads a body that is one object of JSON, in one reading that every parser shares.
 *
 * @throws {Problem} body_invalid, body_too_large
 */
export async function jsonObject(
  request: Request,
  { most, types = JSON_TYPES }: BodyBounds,
): Promise<object> {
  const type = request.headers.get("content-type") ?? ""
  if (!types.some((one) => type.startsWith(one)))
    throw new Problem("body_invalid", `send JSON, with content-type: ${types[0]}`)
  if (request.headers.has("content-encoding"))
    throw new Problem("body_invalid", "send the body as it is, without content-encoding")
  const body = parsed(await readBody(request, most))
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new Problem("body_invalid", "the body must be a JSON object")
  }
  return body
}

/**
 * No event can spell half a character, and no column of PostgreSQL holds a NUL: such text is refused, not a fault of
 * ours.
 *
 * @throws {Problem} body_invalid
 */
export function assertKeepable(name: string, value: unknown): void {
  if (typeof value !== "string" || (value.isWellFormed() && !value.includes("\0"))) return
  throw new Problem("body_invalid", `${name.slice(0, 80)} holds a character that cannot be kept`)
}

/** Counted as it comes in: what a request says of its own length is not asked. */
async function readBody({ body }: Request, most: number): Promise<string> {
  try {
    return await readBounded(body, most)
  } catch (cause) {
    if (cause instanceof TooLarge)
      throw new Problem("body_too_large", `the body is larger than ${most} bytes`, { cause })
    throw new Problem("body_invalid", "the body could not be read to its end as UTF-8 text", { cause })
  }
}

/** Read twice: first for what two readers could read differently, or what would cost more to read than to send. */
function parsed(text: string): unknown {
  assertUnambiguous(text)
  return JSON.parse(text, (name, value: unknown) => {
    assertKeepable(name, value)
    return value
  })
}

function assertUnambiguous(text: string): void {
  try {
    parseLossless(text)
  } catch (cause) {
    if (!(cause instanceof MalformedJson)) throw cause
    throw new Problem("body_invalid", `the body cannot be read: ${cause.message}`, { cause })
  }
}
