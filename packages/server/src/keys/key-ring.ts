import type { KeyEncryptionKey } from "./key-encryption-key.ts"

/** Answers the first key as one that also knows the others: it seals, and opens what they sealed. */
export function keyRing(sealing: KeyEncryptionKey, others: readonly KeyEncryptionKey[]): KeyEncryptionKey {
  return { ...sealing, under: (id) => [sealing, ...others].find((key) => key.id === id) }
}
