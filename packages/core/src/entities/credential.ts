import type { Id } from "../ids.ts"

/** How a credential lies where it was found. */
export type CredentialStorage = "plaintext" | "env-reference" | "keychain" | "helper"

/** Something that lets an agent prove itself somewhere. Its bytes are never kept: a kind, a fingerprint, places. */
export interface Credential {
  readonly id: Id<"credential">
  /** Stable across scans. */
  readonly key: string
  readonly kind: string
  readonly provider: string | null
  readonly storedAs: CredentialStorage
  /** A keyed hash, or null where none may be taken. */
  readonly fingerprint: string | null
  readonly locations: readonly string[]
  readonly firstSeen: Date
  readonly lastSeen: Date
}
