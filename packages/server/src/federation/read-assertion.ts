/** JWS compact serialization: https://www.rfc-editor.org/rfc/rfc7515#section-3.1 */
import { createHash } from "node:crypto"
import type { WorkloadToken } from "@tabard/control"
import { isJsonObject, type JsonObject, parseLossless } from "@tabard/core"

/** A token as it was presented, taken apart; nothing of it is believed yet. */
export interface ReadAssertion extends WorkloadToken {
  readonly jws: string
  /** Of what was signed: names the token, whatever its signature is. */
  readonly digest: string
}

/** The longest token of an outside issuer that is read; those of Entra list the groups of an identity. */
export const MAX_ASSERTION_CHARS = 16_384

const COMPACT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]*$/

/** Takes a token apart, or answers undefined where it is no JWT, or could be read in two ways. */
export function readAssertion(jws: string): ReadAssertion | undefined {
  if (jws.length > MAX_ASSERTION_CHARS) return undefined
  const [, header = "", claims = ""] = COMPACT.exec(jws) ?? []
  try {
    const digest = createHash("sha256").update(`${header}.${claims}`).digest("base64url")
    return { jws, digest, header: readPart(header), claims: readPart(claims) }
  } catch {
    return undefined
  }
}

function readPart(part: string): JsonObject {
  const bytes = Buffer.from(part, "base64url")
  const value = parseLossless(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  if (!isJsonObject(value)) throw new TypeError("it is no object")
  return value
}
