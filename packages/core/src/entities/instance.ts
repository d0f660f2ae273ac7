import type { Id } from "../ids.ts"

/** The public half of an agent's key (RFC 7517): P-256 for ES256 or Ed25519 for EdDSA. */
export interface PublicJwk {
  readonly kty: "EC" | "OKP"
  readonly crv: "P-256" | "Ed25519"
  readonly x: string
  readonly y?: string
}

/** One running install of an agent, with its own key. The private half never leaves it. */
export interface Instance {
  readonly id: Id<"instance">
  readonly agent: Id<"agent">
  /** What its person called it, e.g. the machine's name. */
  readonly label: string
  readonly jwk: PublicJwk
  /** The key's thumbprint (RFC 7638), what tokens are bound to. */
  readonly thumbprint: string
  readonly enrolledAt: Date
  readonly revokedAt: Date | null
}
