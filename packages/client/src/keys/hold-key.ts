import { createKey } from "../key.ts"
import { type KeyHolder, softwareHolder } from "./key-holder.ts"
import { type AgentKey, isReference, type KeyReference } from "./key-reference.ts"
import { destroyKeychainKey, makeKeychainKey, openKeychainKey } from "./keychain-key.ts"
import { destroyPkcs11Key, makePkcs11Key, openPkcs11Key } from "./pkcs11-key.ts"
import { destroyTpmKey, makeTpmKey, openTpmKey } from "./tpm-key.ts"

/** How a key of each storage is opened and destroyed. */
const STORAGES: Readonly<Record<KeyReference["storage"], Storage>> = {
  keychain: { open: (key) => openKeychainKey(key), destroy: (key) => destroyKeychainKey(key) },
  pkcs11: { open: openPkcs11Key, destroy: destroyPkcs11Key },
  tpm: { open: openTpmKey, destroy: destroyTpmKey },
}

interface Storage {
  open(key: KeyReference): Promise<KeyHolder>
  destroy(key: KeyReference): Promise<void>
}

/**
 * Makes a key at `place`: `file` (it is part of the credentials), `keychain`, `tpm`, or `pkcs11:…` (RFC 7512).
 *
 * @throws {KeyUnavailable} where it cannot be made there; TypeError where that is no such place
 */
export async function makeKey(place: string): Promise<AgentKey> {
  if (place === "file") return createKey()
  if (place === "keychain") return makeKeychainKey()
  if (place === "tpm") return makeTpmKey()
  if (place.startsWith("pkcs11:")) return makePkcs11Key(place)
  throw new TypeError(`A key is kept in file, keychain, tpm or pkcs11:…, not in ${JSON.stringify(place)}.`)
}

const held = new WeakMap<AgentKey, Promise<KeyHolder>>()

/**
 * Answers what signs with a key. It is opened once: that costs more than signing.
 *
 * @throws {KeyUnavailable} where it cannot be reached
 */
export function holdKey(key: AgentKey): Promise<KeyHolder> {
  const known = held.get(key)
  if (known) return known
  const opened = open(key)
  held.set(key, opened)
  // A token that was not plugged in may be at the next asking.
  opened.catch(() => held.delete(key))
  return opened
}

async function open(key: AgentKey): Promise<KeyHolder> {
  return isReference(key) ? STORAGES[key.storage].open(key) : softwareHolder(key)
}

/** Destroys a key that is kept elsewhere than in the credentials; one that is in them ends with them. */
export async function destroyKey(key: AgentKey): Promise<void> {
  if (isReference(key)) await STORAGES[key.storage].destroy(key)
}
