/** JWT access tokens: https://www.rfc-editor.org/rfc/rfc9068#section-4 */
import { type Id, isId, SIGNING_ALGORITHMS, TIER_NAME, type TierName } from "@tabard/core"
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose"
import { z } from "zod"
import { MAX_LIFETIME_SECONDS } from "./token-lifetime.ts"

/** Where a token has to come from, and where it has to be for. */
export interface TokenChecks {
  /** The issuer's public keys. */
  readonly jwks: JSONWebKeySet
  readonly issuer: string
  /** The resources that are asked (RFC 8707): a token has to be for exactly one of them. */
  readonly audiences: readonly string[]
  readonly now: Date
}

/** What a token says whose signature, issuer, audience and time are right. */
export interface AccessTokenClaims {
  readonly jti: string
  readonly sub: string
  readonly agent: Id<"agent">
  readonly instance: Id<"instance">
  readonly owner: Id<"user">
  readonly tier: TierName
  readonly task: Id<"task"> | null
  readonly audience: string
  /** The thumbprint of the key that it is bound to; null for a bearer token. */
  readonly jkt: string | null
  readonly expiresAt: Date
}

/** A token that is none of ours, or not for here, or not for now. */
export class InvalidAccessToken extends Error {
  override readonly name = "InvalidAccessToken"
}

/** Replicas' clocks differ by less. */
export const CLOCK_TOLERANCE_SECONDS = 5
const MAX_TOKEN_CHARS = 8192

const SPIFFE = "spiffe://"

/** An install of an agent, or the person who signed its client in. */
function isSubject(sub: string): boolean {
  return sub.startsWith(SPIFFE) || isId("user", sub)
}

const Claims = z.object({
  jti: z.string().min(1).max(256),
  sub: z.string().max(2048).refine(isSubject),
  // An array that contains us would be a token that others accept as well (RFC 8707 §2).
  aud: z.string(),
  exp: z.number(),
  client_id: z.string(),
  agent: z.custom<Id<"agent">>((id) => isId("agent", id)),
  instance: z.custom<Id<"instance">>((id) => isId("instance", id)),
  owner: z.custom<Id<"user">>((id) => isId("user", id)),
  tier: z.string().regex(TIER_NAME),
  task: z.custom<Id<"task">>((id) => isId("task", id)).optional(),
  cnf: z.object({ jkt: z.string().length(43) }).optional(),
})

/**
 * Verifies an access token. The library on its own accepts tokens without `exp`, without audience and from the
 * future, so everything that must be there is named here, once.
 *
 * @throws {InvalidAccessToken}
 */
export async function verifyAccessToken(token: string, checks: TokenChecks): Promise<AccessTokenClaims> {
  if (token.length > MAX_TOKEN_CHARS) throw new InvalidAccessToken("The token is longer than any of ours.")
  try {
    const { payload } = await jwtVerify(token, keySetOf(checks.jwks), {
      algorithms: [...SIGNING_ALGORITHMS],
      typ: "at+jwt",
      issuer: checks.issuer,
      audience: [...checks.audiences],
      currentDate: checks.now,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      maxTokenAge: MAX_LIFETIME_SECONDS,
      requiredClaims: ["iss", "sub", "aud", "exp", "iat", "jti", "client_id"],
    })
    return claimsOf(Claims.parse(payload))
  } catch (error) {
    throw new InvalidAccessToken("The token is not valid here (any more); ask for a new one.", {
      cause: error,
    })
  }
}

function claimsOf({ aud, exp, cnf, task, client_id, ...claims }: z.infer<typeof Claims>): AccessTokenClaims {
  if (claims.sub.startsWith(SPIFFE) && client_id !== claims.instance)
    throw new InvalidAccessToken("The token was issued to another client.")
  return {
    ...claims,
    task: task ?? null,
    audience: aud,
    jkt: cnf?.jkt ?? null,
    expiresAt: new Date(exp * 1000),
  }
}

type KeyOf = ReturnType<typeof createLocalJWKSet>
const keySets = new WeakMap<JSONWebKeySet, KeyOf>()

/** Importing a key costs more than verifying by it, so each set is imported once. */
function keySetOf(jwks: JSONWebKeySet): KeyOf {
  const known = keySets.get(jwks)
  if (known) return known
  const made = createLocalJWKSet(jwks)
  keySets.set(jwks, made)
  return made
}
