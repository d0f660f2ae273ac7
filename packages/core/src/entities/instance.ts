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
  readonly enrolledAt: Date
  /** When it was last issued a token. */
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}
