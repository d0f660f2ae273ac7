import type { Id } from "../ids.ts"
import type { JsonObject } from "../json.ts"
import type { TokenCondition } from "./token-condition.ts"
import type { TrustFields, TrustForm } from "./trust-fields.ts"

/** Where the keys of an issuer come from: its discovery document, an address, or keys that a person put in. */
export type KeySource =
  | { readonly kind: "discovery" }
  | { readonly kind: "address"; readonly url: string }
  | { readonly kind: "inline"; readonly keys: readonly JsonObject[] }

/** What one claim has to be. There are no patterns: a claim is one of these values, or begins with one of them. */
export interface TrustCondition {
  /** The claim's name; of one within another, the names on the way to it. */
  readonly claim: readonly string[]
  /** What begins so ends at a delimiter, so that `repo:org/app/` never lets `repo:org/app-evil` in. */
  readonly test: "is" | "begins"
  /** Any one of them will do. */
  readonly values: readonly string[]
}

/** Which tokens of an outside issuer a rule takes. */
export interface TrustTerms {
  readonly form: TrustForm
  /** Exactly what the token says issued it; of SPIFFE the trust domain that its subject has to be in. */
  readonly issuer: string
  /** Exactly whom the token has to be for, and nobody besides. */
  readonly audience: string
  readonly keys: KeySource
  /** All of them have to hold. */
  readonly conditions: readonly TrustCondition[]
  /** Whether each token counts once. */
  readonly oneTime: boolean
  /** The longest that a token may live, from its `iat` to its `exp`. */
  readonly maxLifeSeconds: number
  /** From where and when what these workloads are issued counts, besides what is settled for the tier of their agent. */
  readonly counts: TokenCondition
}

/** A standing rule by which workloads of an outside issuer are one agent. */
export interface TrustRule extends TrustTerms {
  readonly id: Id<"trustRule">
  readonly agent: Id<"agent">
  /** The install that these workloads are. */
  readonly instance: Id<"instance">
  readonly name: string
  /** What a person filled in, of which the terms were made. */
  readonly fields: TrustFields
  readonly madeBy: Id<"user">
  readonly madeAt: Date
  readonly removedAt: Date | null
}
