import type { Id } from "../ids.ts"

/** The public half of an agent's key (RFC 7517): P-256 for ES256 or Ed25519 for EdDSA. */
export interface PublicJwk {
  readonly kty: "EC" | "OKP"
  readonly crv: "P-256" | "Ed25519"
  readonly x: string
  readonly y?: string
}

/**
 * How an install proves itself: by a key that it enrolled, by what its platform says of it under a trust rule, or as
 * the MCP client that a person signed in.
 */
export const INSTANCE_KINDS = ["key", "federated", "client"] as const

/** One way of proving itself. */
export type InstanceKind = (typeof INSTANCE_KINDS)[number]

/** Where an install says that its private key is. Nothing attests it: it is as true as whoever enrolled it. */
export const KEY_STORAGES = ["file", "keychain", "pkcs11", "tpm"] as const

/** One such place. */
export type KeyStorage = (typeof KEY_STORAGES)[number]

/** The key before the present one, which works until both have been there long enough. */
export interface EarlierKey {
  readonly jwk: PublicJwk
  readonly thumbprint: string
  readonly endsAt: Date
}

/** One running install of an agent: the thing that proves itself. */
export interface Instance {
  readonly id: Id<"instance">
  readonly agent: Id<"agent">
  readonly kind: InstanceKind
  /** What its person called it, e.g. the machine's name. */
  readonly label: string
  /** The key that it enrolled; its private half never leaves it. Null for every other kind. */
  readonly jwk: PublicJwk | null
  /** That key's thumbprint (RFC 7638), what its tokens are bound to. */
  readonly thumbprint: string | null
  /** Where its private half is, as far as the install has said. */
  readonly keyStorage?: KeyStorage
  /** When that key took the place of another. */
  readonly rotatedAt?: Date
  readonly earlierKey?: EarlierKey
  readonly enrolledAt: Date
  /** When it was last issued a token. */
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}

/** A key that an install proves itself by. */
export interface LiveKey {
  readonly jwk: PublicJwk
  readonly thumbprint: string
}

/** Answers the keys that an install may prove itself by now, the newest first: none once it is revoked. */
export function liveKeysOf(
  { jwk, thumbprint, earlierKey, revokedAt }: Instance,
  now: Date,
): readonly LiveKey[] {
  if (revokedAt || !jwk || !thumbprint) return []
  const isOver = !earlierKey || now >= earlierKey.endsAt
  return [{ jwk, thumbprint }, ...(isOver ? [] : [earlierKey])]
}

/**
 * Answers whether an install still has the key that a token of it is bound to. Only a key that was enrolled can end: any
 * other kind of install brings one of its own, and a token that is bound to none was issued so.
 */
export function holdsKey(instance: Instance, jkt: string | null, now: Date): boolean {
  if (instance.kind !== "key" || jkt === null) return true
  return liveKeysOf(instance, now).some(({ thumbprint }) => thumbprint === jkt)
}
