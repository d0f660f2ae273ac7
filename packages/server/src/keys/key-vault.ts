import { randomBytes } from "node:crypto"
import type { KeyPurpose, SealedKey, Transact } from "@tabard/control"
import { type Clock, newId, type Organisation, Problem } from "@tabard/core"
import type { KeyEncryptionKey } from "./key-encryption-key.ts"

export interface KeyVaultDeps {
  readonly transact: Transact<"keys">
  readonly organisation: Organisation
  readonly clock: Clock
  readonly encryption: KeyEncryptionKey
}

/** Answers the bytes of an organisation's key for one purpose, made and sealed at the first asking; all replicas get the same. */
export async function vaultKey(
  { transact, organisation, clock, encryption }: KeyVaultDeps,
  purpose: KeyPurpose,
  make: () => Uint8Array = () => randomBytes(32),
): Promise<Uint8Array> {
  const binding = `${organisation.id} ${purpose}`
  const fresh: SealedKey = {
    id: newId("key", clock),
    purpose,
    sealed: encryption.seal(make(), binding),
    sealedUnder: encryption.id,
    createdAt: clock.now(),
    retiredAt: null,
  }
  const held = await transact(({ keys }) => keys.ensure(fresh))
  if (held.sealedUnder !== encryption.id) throw wrongKey(purpose, held)
  try {
    return encryption.open(held.sealed, binding)
  } catch (cause) {
    throw new Problem("body_invalid", `the ${purpose} key is damaged: restore the database from a backup`, {
      cause,
    })
  }
}

function wrongKey(purpose: KeyPurpose, { sealedUnder }: SealedKey): Problem {
  const words =
    `the ${purpose} key is sealed under another key-encryption key (${sealedUnder}): start with the key that this data ` +
    "was made with; without it, what it seals cannot be opened by anybody"
  return new Problem("body_invalid", words)
}
