// Security event tokens: https://www.rfc-editor.org/rfc/rfc8417; SSF 1.0 §4 says what one must not hold
import { type ReceivedSet, SET_LIFE_MS, type SignalSource } from "@tabard/control"
import type { JsonObject } from "@tabard/core"
import { compactVerify, decodeProtectedHeader, errors } from "jose"
import { z } from "zod"
import { SetRefused } from "./set-refused.ts"
import type { SourceKeys } from "./source-keys.ts"

/** The longest token that is read. */
export const MOST_SET_BYTES: number = 64 * 1024

/** How far a transmitter's clock may be ahead of ours. */
const AHEAD_MS = 5 * 60_000

const Header = z.object({
  alg: z.literal("RS256"),
  typ: z.string().regex(/^(?:application\/)?secevent\+jwt$/i),
  kid: z.string().min(1).max(400),
  crit: z.undefined().optional(),
  b64: z.undefined().optional(),
})

const Text = z.string().min(1).max(2_000)
const Members: z.ZodType<JsonObject> = z.record(z.string(), z.json())
const Claims = z.object({
  iss: Text,
  jti: z.string().min(1).max(400),
  iat: z.number().int(),
  aud: z.union([Text, z.array(Text).max(50)]),
  sub_id: Members,
  events: z.record(Text, Members),
})

type ReadClaims = z.infer<typeof Claims>

export interface VerifySetDeps {
  readonly keys: SourceKeys
  readonly now: Date
}

/**
 * Answers what a token says that its source signed for us: signature, issuer, audience and age are right, and it holds one
 * event and nothing by which it could be taken for another kind of token.
 *
 * @throws {SetRefused}
 * @throws {KeysUnavailable}
 */
export async function verifySet(
  { keys, now }: VerifySetDeps,
  source: Pick<SignalSource, "jwksUri" | "issuer" | "audience">,
  token: string,
): Promise<ReceivedSet> {
  if (token.length > MOST_SET_BYTES) throw new SetRefused("invalid_request", "the token is too large")
  const { kid } = headerOf(token)
  const key = await keys.find(source, kid)
  const payload = await verified(token, key)
  const claims = claimsOf(payload)
  assertFor(source, claims)
  const issuedAt = issuedAtOf(claims, now)
  const [[uri, said] = ["", {}], ...others] = Object.entries(claims.events)
  if (uri === "" || others.length > 0)
    throw new SetRefused("invalid_request", "events must hold exactly one event")
  return { jti: claims.jti, issuedAt, uri, said, subject: claims.sub_id }
}

function headerOf(token: string): z.infer<typeof Header> {
  try {
    return Header.parse(decodeProtectedHeader(token))
  } catch (cause) {
    const words = "the header must say alg RS256, typ secevent+jwt and a kid"
    throw new SetRefused("invalid_request", words, { cause })
  }
}

async function verified(token: string, key: Parameters<typeof compactVerify>[1]): Promise<unknown> {
  try {
    const { payload } = await compactVerify(token, key, { algorithms: ["RS256"] })
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload))
  } catch (cause) {
    if (cause instanceof errors.JWSSignatureVerificationFailed)
      throw new SetRefused("invalid_key", "the signature is not the key's", { cause })
    throw new SetRefused("invalid_request", "this is no signed token of JSON claims", { cause })
  }
}

function claimsOf(payload: unknown): ReadClaims {
  const has = (name: string): boolean =>
    typeof payload === "object" && payload !== null && Object.hasOwn(payload, name)
  if (has("sub"))
    throw new SetRefused("invalid_request", "the token must not hold sub: sub_id names the subject")
  if (has("exp")) throw new SetRefused("invalid_request", "the token must not hold exp")
  const parsed = Claims.safeParse(payload)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new SetRefused("invalid_request", `the claim ${issue?.path.join(".") ?? "?"} is missing or malformed`)
}

function assertFor(source: Pick<SignalSource, "issuer" | "audience">, { iss, aud }: ReadClaims): void {
  if (iss !== source.issuer) throw new SetRefused("invalid_issuer", "the token is of another issuer")
  const audiences = typeof aud === "string" ? [aud] : aud
  if (!audiences.includes(source.audience))
    throw new SetRefused("invalid_audience", "the token is for another audience")
}

function issuedAtOf({ iat }: ReadClaims, now: Date): Date {
  const age = now.getTime() - iat * 1000
  if (age < -AHEAD_MS) throw new SetRefused("invalid_request", "iat is in the future")
  if (age > SET_LIFE_MS) throw new SetRefused("invalid_request", "iat is too long ago")
  return new Date(iat * 1000)
}
