import { type PrivateKey, type PublicKey, parseKey, parsePublicKey } from "../key.ts"
import type { KeyStorage } from "./key-holder.ts"

/** A key that is kept elsewhere: what it is found by, and its public half, so that another one in its place is noticed. */
export interface KeyReference {
  readonly storage: Exclude<KeyStorage, "file">
  readonly place: string
  readonly publicKey: PublicKey
}

/** What credentials hold of a key: all of it, or where it is. */
export type AgentKey = PrivateKey | KeyReference

const STORAGES: readonly string[] = ["keychain", "pkcs11", "tpm"] satisfies KeyReference["storage"][]
const MAX_PLACE = 1000

/**
 * Reads what credentials hold of a key.
 *
 * @throws {TypeError} where it is neither a private P-256 key nor says where one is
 */
export function parseAgentKey(value: unknown): AgentKey {
  if (typeof value !== "object" || value === null || !("storage" in value)) return parseKey(value)
  const { storage, place, publicKey }: Partial<Record<keyof KeyReference, unknown>> = value
  if (!isStorage(storage) || typeof place !== "string" || !place || place.length > MAX_PLACE) {
    throw new TypeError("These credentials do not say where their key is; enrol again.")
  }
  return { storage, place, publicKey: parsePublicKey(publicKey) }
}

function isStorage(value: unknown): value is KeyReference["storage"] {
  return typeof value === "string" && STORAGES.includes(value)
}

/** Answers whether the key is kept elsewhere than in the credentials. */
export function isReference(key: AgentKey): key is KeyReference {
  return "storage" in key
}

/** Answers where a key is kept. */
export function storageOf(key: AgentKey): KeyStorage {
  return isReference(key) ? key.storage : "file"
}
