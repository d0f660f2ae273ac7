import type { Id } from "../ids.ts"

/** How a credential can lie where it was found. */
export const CREDENTIAL_STORAGES = ["plaintext", "env-reference", "keychain", "helper"] as const

/** One way of lying there. */
export type CredentialStorage = (typeof CREDENTIAL_STORAGES)[number]

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
