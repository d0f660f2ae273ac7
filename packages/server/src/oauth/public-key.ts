import type { PublicJwk } from "@tabard/core"
import { calculateJwkThumbprint, type JWK } from "jose"
import { z } from "zod"

/** The signatures that an agent's key may make. EdDSA and Ed25519 are two names of one (RFC 9864). */
export const AGENT_SIGNING_ALGORITHMS: readonly ["ES256", "EdDSA", "Ed25519"] = ["ES256", "EdDSA", "Ed25519"]

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const privateMember = z.undefined().optional()

const PublicKey: z.ZodType<PublicJwk> = z.union([
  z
    .object({ kty: z.literal("EC"), crv: z.literal("P-256"), x: coordinate, y: coordinate, d: privateMember })
    .transform(({ kty, crv, x, y }) => ({ kty, crv, x, y })),
  z
    .object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: coordinate, d: privateMember })
    .transform(({ kty, crv, x }) => ({ kty, crv, x })),
])

/** A public key and its thumbprint (RFC 7638). */
export interface ThumbprintedKey {
  readonly jwk: PublicJwk
  readonly thumbprint: string
}

/** A key that is of no kind that an agent may hold, or that shows its private half. */
export class UnusableKey extends Error {
  override readonly name = "UnusableKey"
}

/**
 * Reads a key that a stranger sent: P-256 or Ed25519, public, nothing but its members. One that comes with its
 * private half is refused, since it is private no longer.
 *
 * @throws {UnusableKey}
 */
export async function parsePublicKey(value: unknown): Promise<ThumbprintedKey> {
  const parsed = PublicKey.safeParse(value)
  if (!parsed.success) throw new UnusableKey("It is no public P-256 or Ed25519 key.")
  return { jwk: parsed.data, thumbprint: await calculateJwkThumbprint(asJoseKey(parsed.data)) }
}

/** Answers the key in the shape that jose reads. */
export function asJoseKey({ kty, crv, x, y }: PublicJwk): JWK {
  return { kty, crv, x, ...(y !== undefined && { y }) }
}
