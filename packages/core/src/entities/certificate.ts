import type { Id } from "../ids.ts"
import type { SettledHow } from "./settlement.ts"

/** How one credential of a retired agent was settled, and on whose word. */
export interface CertifiedCredential {
  readonly id: string
  /** What it is: `enrolled-key` and the like for ours, what a scan called it for others'. */
  readonly kind: string
  readonly provider: string | null
  readonly how: SettledHow
  /** Who answers for it; null where it was tried. */
  readonly by: Id<"user"> | null
  /** With what it was refused when tried. */
  readonly refused: string | null
  readonly at: string
}

/** What is certified of an agent that ended for ever: ids and words of this program, nothing that names a person. */
export interface RetirementCertificate {
  /** The issuer of its identity. */
  readonly iss: string
  /** The identity that ended, a SPIFFE id. */
  readonly sub: string
  /** The plan by which it ended. */
  readonly jti: Id<"plan">
  /** In seconds, as a JWT says it. */
  readonly iat: number
  readonly organisation: Id<"organisation">
  readonly agent: Id<"agent">
  /** Who answered for it last. */
  readonly owner: Id<"user"> | null
  readonly begun: { readonly at: string; readonly by: Id<"user"> | null }
  /** How many things of each kind were ended, by the step that did. */
  readonly ended: Readonly<Record<string, number>>
  /** How each known credential was settled. */
  readonly credentials: readonly CertifiedCredential[]
  /** How many there are besides those that are named. */
  readonly moreCredentials: number
  /** Who signed that credentials are unknown, where somebody did. */
  readonly exceptedBy: readonly Id<"user">[]
}

/** The type of the signed certificate (RFC 7515 §4.1.9). */
export const CERTIFICATE_TYPE = "retirement-certificate+jwt"
