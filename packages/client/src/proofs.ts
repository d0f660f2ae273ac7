import { holdKey } from "./keys/hold-key.ts"
import type { AgentKey } from "./keys/key-reference.ts"

/** Tells the time. */
export type Now = () => Date

/** The request that a proof is for. */
export interface ProofTarget {
  readonly method: string
  readonly url: string
  readonly accessToken?: string
  /** What the server asked to be repeated (RFC 9449 §8). */
  readonly nonce?: string | undefined
}

const ASSERTION_LIFETIME_SECONDS = 60

/** Proves for one request that its sender holds the key (RFC 9449 §4.2). Each request needs a new one. */
export async function dpopProof(key: AgentKey, target: ProofTarget, now: Now): Promise<string> {
  const { method, accessToken, nonce } = target
  const ath = accessToken && { ath: await sha256(accessToken) }
  return signed(
    key,
    { typ: "dpop+jwt", withKey: true },
    {
      jti: crypto.randomUUID(),
      htm: method,
      htu: addressOf(target.url),
      iat: seconds(now),
      ...ath,
      ...(nonce && { nonce }),
    },
  )
}

/** Authenticates an instance to its issuer (RFC 7523), once and for a minute. */
export function clientAssertion(
  { instance, issuer, key }: { instance: string; issuer: string; key: AgentKey },
  now: Now,
): Promise<string> {
  const iat = seconds(now)
  return signed(
    key,
    { typ: "client-authentication+jwt" },
    {
      iss: instance,
      sub: instance,
      aud: issuer,
      jti: crypto.randomUUID(),
      iat,
      exp: iat + ASSERTION_LIFETIME_SECONDS,
    },
  )
}

/** Proves to one server that whoever has the code also holds the key. */
export function enrolmentProof(
  key: AgentKey,
  { code, aud }: { code: string; aud: string },
  now: Now,
): Promise<string> {
  return signed(key, { typ: "tabard-enrolment+jwt", withKey: true }, { code, aud, iat: seconds(now) })
}

/** Proves to one server that whoever holds an install's present key also holds the one that is to follow. */
export async function rotationProof(
  { from, to }: { from: AgentKey; to: AgentKey },
  { instance, aud }: { instance: string; aud: string },
  now: Now,
): Promise<string> {
  const claims = { instance, aud, iat: seconds(now) }
  const next = await signed(to, { typ: "tabard-rotation-key+jwt", withKey: true }, claims)
  return signed(from, { typ: "tabard-rotation+jwt", withKey: true }, { ...claims, next })
}

/** Proves for one report that the holder of the key sends exactly these bytes to exactly this address, once. */
export async function reportProof(
  key: AgentKey,
  { url, body }: { url: string; body: string },
  now: Now,
): Promise<string> {
  const claims = {
    htm: "POST",
    htu: url,
    jti: crypto.randomUUID(),
    iat: seconds(now),
    digest: await sha256(body),
  }
  return signed(key, { typ: "tabard-report+jwt", withKey: true }, claims)
}

/** What is signed, with which type, and whether the key goes along. */
interface Header {
  readonly typ: string
  readonly withKey?: boolean
}

/** The compact serialisation of RFC 7515 §3.1. */
async function signed(
  key: AgentKey,
  { typ, withKey }: Header,
  payload: Readonly<Record<string, unknown>>,
): Promise<string> {
  const holder = await holdKey(key)
  const header = { alg: "ES256", typ, ...(withKey && { jwk: holder.publicKey }) }
  const input = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(payload))}`
  return `${input}.${base64url(await holder.sign(Buffer.from(input)))}`
}

function base64url(value: string | Uint8Array): string {
  return Buffer.from(value).toString("base64url")
}

function addressOf(text: string): string {
  const url = new URL(text)
  url.search = ""
  url.hash = ""
  return url.href
}

function seconds(now: Now): number {
  return Math.floor(now().getTime() / 1000)
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))
  return Buffer.from(digest).toString("base64url")
}
