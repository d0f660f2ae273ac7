import { createHash } from "node:crypto"
import { isShownOnce, type Operation } from "@tabard/api"
import type { OnceWrite } from "@tabard/control"
import { Problem } from "@tabard/core"
import type { ApiCaller } from "./caller.ts"

/** One request, as far as it has been read. */
export interface ReadRequest {
  readonly name: string
  readonly operation: Operation<unknown, unknown>
  readonly caller: ApiCaller | undefined
  readonly input: unknown
}

/**
 * Answers the write that a request names by an Idempotency-Key; undefined where it names none, or only reads.
 *
 * @throws {Problem} body_invalid
 */
export function namedWrite(
  header: string | undefined,
  { name, operation, caller, input }: ReadRequest,
): OnceWrite | undefined {
  if (header === undefined || operation.method === "GET") return undefined
  if (!/^[\x21-\x7e]{1,200}$/.test(header))
    throw new Problem("body_invalid", "an Idempotency-Key is 1 to 200 visible ASCII characters, e.g. a UUID")
  if (!caller) throw new Problem("body_invalid", "an Idempotency-Key is for those who are signed in")
  return {
    principal: caller.kind === "token" ? caller.apiToken.id : caller.user.id,
    key: header,
    // What was parsed has its members in the order of the schema, however they were sent.
    request: createHash("sha256")
      .update(JSON.stringify([name, input]))
      .digest("base64url"),
    keepAnswer: !isShownOnce(name),
  }
}
