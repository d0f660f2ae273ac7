import { createHash, createPublicKey, type JsonWebKey, verify } from "node:crypto"
import { isDeepStrictEqual } from "node:util"
import { CERTIFICATE_TYPE, isJsonObject, type Json, type JsonObject } from "@tabard/core"

/** What a file with a certificate says it is. */
export const CERTIFICATE_FILE = "tabard.retirement/1"

/** A certificate that says what it was signed as, and who signed it. */
export interface CheckedCertificate {
  readonly certificate: JsonObject
  /** The thumbprint (RFC 7638) of the key that signed it. */
  readonly kid: string
}

/** Says what is wrong with a certificate. */
export class BadCertificate extends Error {
  override readonly name = "BadCertificate"
}

/**
 * Answers what a proven entry of the log certifies: it says that an agent is retired, and its issuer's signature is over
 * exactly what it says. Whose key that is, the log vouches for, or a key set that was kept.
 *
 * @throws {BadCertificate}
 */
export function checkCertificate(entry: Uint8Array, issuerKeys: JsonObject | undefined): CheckedCertificate {
  const event = objectIn(new TextDecoder().decode(entry), "the entry")
  const data = event["data"]
  if (event["type"] !== "agent.retired" || !isJsonObject(data))
    throw new BadCertificate("the entry does not say that an agent was retired")
  const { certificate, jws } = data
  if (!isJsonObject(certificate) || typeof jws !== "string")
    throw new BadCertificate("the agent was retired before certificates were made: the entry holds none")
  const { header, payload, key } = verified(jws)
  if (!isDeepStrictEqual(payload, certificate) || certificate["agent"] !== event["agent"])
    throw new BadCertificate("what was signed is not what the entry says")
  const kid = thumbprint(key)
  if (header["kid"] !== kid) throw new BadCertificate("its key is not the one that its header names")
  if (issuerKeys && !keysIn(issuerKeys).some((one) => thumbprint(one) === kid))
    throw new BadCertificate("its key is none of the issuer's keys that you named")
  return { certificate, kid }
}

interface Verified {
  readonly header: JsonObject
  readonly payload: JsonObject
  readonly key: JsonObject
}

/** One algorithm, one type: what a header says is compared, and never chosen by. */
function verified(jws: string): Verified {
  const [head = "", body = "", signature = "", ...rest] = jws.split(".")
  if (rest.length > 0) throw new BadCertificate("its signature cannot be read")
  const header = objectIn(fromBase64url(head), "the header of its signature")
  const { alg, typ, jwk } = header
  if (alg !== "ES256" || typ !== CERTIFICATE_TYPE || !isJsonObject(jwk))
    throw new BadCertificate(`it is not signed as ${CERTIFICATE_TYPE} by ES256`)
  const signed = Buffer.from(`${head}.${body}`)
  const key = { key: publicKey(jwk), dsaEncoding: "ieee-p1363" } as const
  if (!verify("sha256", signed, key, Buffer.from(signature, "base64url")))
    throw new BadCertificate("its signature does not verify")
  return { header, payload: objectIn(fromBase64url(body), "what was signed"), key: jwk }
}

function publicKey({ kty, crv, x, y }: JsonObject): ReturnType<typeof createPublicKey> {
  try {
    if (kty !== "EC" || crv !== "P-256" || typeof x !== "string" || typeof y !== "string")
      throw new Error("no P-256")
    const jwk: JsonWebKey = { kty, crv, x, y }
    return createPublicKey({ key: jwk, format: "jwk" })
  } catch (cause) {
    throw new BadCertificate("the key of its signature cannot be read", { cause })
  }
}

function thumbprint({ kty, crv, x, y }: JsonObject): string {
  return createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url")
}

function keysIn({ keys }: JsonObject): readonly JsonObject[] {
  return Array.isArray(keys) ? keys.filter((one) => isJsonObject(one)) : []
}

function fromBase64url(text: string): string {
  return Buffer.from(text, "base64url").toString("utf8")
}

function objectIn(text: string, what: string): JsonObject {
  try {
    const value: Json = JSON.parse(text)
    if (isJsonObject(value)) return value
  } catch (cause) {
    throw new BadCertificate(`${what} cannot be read`, { cause })
  }
  throw new BadCertificate(`${what} cannot be read`)
}
