import type { Id } from "@tabard/core"

/** What a key of ours is for; each is read by the role that needs it and by no other. */
export type KeyPurpose =
  | "data"
  | "token-signing"
  | "log-signing"
  | "fingerprint"
  | "cookie"
  | "signal-signing"

/** A key of ours, sealed: its bytes are ciphertext under the key that `sealedUnder` names. */
export interface SealedKey {
  readonly id: Id<"key">
  readonly purpose: KeyPurpose
  readonly sealed: Uint8Array
  /** The key-encryption key's id, or a data key's. */
  readonly sealedUnder: string
  /** What verifies by it, for parts that may not sign; null for a key that has no public half. */
  readonly publicHalf: string | null
  readonly createdAt: Date
  readonly retiredAt: Date | null
}

/** Keeps sealed keys. Each sentence below is a test in key-store.contract.ts. */
export interface KeyStore {
  /** Keeps a key if there is no live one of its purpose yet; answers the live one, whoever made it. */
  ensure(key: SealedKey): Promise<SealedKey>

  /** Answers the live keys of a purpose, newest first. */
  live(purpose: KeyPurpose): Promise<readonly SealedKey[]>

  /** Retires the live key of this one's purpose, and keeps this one as the live one in its place. */
  replace(key: SealedKey): Promise<void>

  /** Replaces a key's ciphertext, when it is sealed under another key. Answers false where it was sealed anew by somebody else meanwhile. */
  reseal(id: Id<"key">, from: string, key: Pick<SealedKey, "sealed" | "sealedUnder">): Promise<boolean>
}
