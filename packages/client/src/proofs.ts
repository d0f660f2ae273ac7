import { importJWK, SignJWT } from "jose"
import { type PrivateKey, publicHalf } from "./key.ts"

type SigningKey = Awaited<ReturnType<typeof importJWK>>

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
export async function dpopProof(key: PrivateKey, target: ProofTarget, now: Now): Promise<string> {
  const { method, accessToken, nonce } = target
  const ath = accessToken && { ath: await sha256(accessToken) }
  return signed(
    key,
    { typ: "dpop+jwt", jwk: publicHalf(key) },
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
  { instance, issuer, key }: { instance: string; issuer: string; key: PrivateKey },
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
  key: PrivateKey,
  { code, aud }: { code: string; aud: string },
  now: Now,
): Promise<string> {
  return signed(key, { typ: "tabard-enrolment+jwt", jwk: publicHalf(key) }, { code, aud, iat: seconds(now) })
}

/** Proves for one report that the holder of the key sends exactly these bytes to exactly this address, once. */
export async function reportProof(
  key: PrivateKey,
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
  return signed(key, { typ: "tabard-report+jwt", jwk: publicHalf(key) }, claims)
}

async function signed(
  key: PrivateKey,
  header: { typ: string; jwk?: object },
  payload: Record<string, unknown>,
): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: "ES256", ...header }).sign(await imported(key))
}

const keys = new WeakMap<PrivateKey, Promise<SigningKey>>()

/** Importing costs more than signing, so each key is imported once. */
function imported(key: PrivateKey): Promise<SigningKey> {
  const known = keys.get(key)
  if (known) return known
  const made = importJWK({ ...key }, "ES256")
  keys.set(key, made)
  return made
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
