import type { Id } from "@tabard/core"

/** What a key of ours is for; each is read by the role that needs it and by no other. */
export type KeyPurpose =
  | "data"
  | "token-signing"
  | "log-signing"
  | "fingerprint"
  | "cookie"
  | "signal-signing"
  | "proof-nonce"
  | "token-signing-ed25519"

/** Purposes whose keys sign what others verify by published halves, and follow each other in time. */
export type SigningPurpose = Extract<KeyPurpose, "signal-signing" | "token-signing" | "token-signing-ed25519">

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

  /** Keeps a key as the one that is to follow its purpose's live one, if there is none yet; answers the one there is. */
  prepare(key: SealedKey): Promise<SealedKey>

  /** Answers the key that is to follow the live one of a purpose, or undefined where there is none. */
  prepared(purpose: KeyPurpose): Promise<SealedKey | undefined>

  /**
   * Makes a prepared key the live one of its purpose, and retires the one that was. Of any number at once exactly one
   * answers true; the others change nothing.
   */
  promote(key: Pick<SealedKey, "id" | "purpose">, at: Date): Promise<boolean>

  /** Answers the keys of a purpose that were retired after a time, newest first. */
  retiredAfter(purpose: KeyPurpose, time: Date): Promise<readonly SealedKey[]>

  /** Answers the keys of any purpose, live, prepared or retired, that lie under another key than this, by id. */
  sealedOtherwise(under: string): Promise<readonly SealedKey[]>

  /** Replaces a key's ciphertext, when it is sealed under another key. Answers false where it was sealed anew by somebody else meanwhile. */
  reseal(id: Id<"key">, from: string, key: Pick<SealedKey, "sealed" | "sealedUnder">): Promise<boolean>
}
