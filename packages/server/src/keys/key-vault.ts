import { randomBytes } from "node:crypto"
import type { KeyPurpose, SealedKey, Snapshot, Transact } from "@tabard/control"
import { type Clock, newId, type Organisation, Problem } from "@tabard/core"
import type { KeyEncryptionKey } from "./key-encryption-key.ts"

export interface KeyVaultDeps {
  readonly transact: Transact<"keys">
  readonly organisation: Organisation
  readonly clock: Clock
  readonly encryption: KeyEncryptionKey
}

/** A new key: what is sealed, and what may be known of it. */
export interface NewKey {
  readonly secret: Uint8Array
  readonly publicHalf: string | null
}

/**
 * Answers the bytes of an organisation's key for one purpose, made and sealed at the first asking; all replicas get the
 * same. Only the part of the program that the purpose belongs to asks.
 *
 * @throws {Problem} body_invalid, where it is sealed under another key or damaged
 */
export async function vaultKey(
  { transact, organisation, clock, encryption }: KeyVaultDeps,
  purpose: KeyPurpose,
  make: () => NewKey = randomKey,
): Promise<Uint8Array> {
  const ensure = (): Promise<SealedKey> => {
    // Some take long to make: never in a transaction, and not where there is one already.
    const fresh = sealKey({ organisation, clock, encryption }, purpose, make())
    return transact(({ keys }) => keys.ensure(fresh))
  }
  const [known] = await transact(({ keys }) => keys.live(purpose))
  const held = known ?? (await ensure())
  return openKey({ organisation, encryption }, purpose, held)
}

/**
 * Answers the bytes of a sealed key that belongs to a purpose.
 *
 * @throws {Problem} body_invalid, where it is sealed under another key or damaged
 */
export function openKey(
  { organisation, encryption }: Pick<KeyVaultDeps, "organisation" | "encryption">,
  purpose: KeyPurpose,
  held: SealedKey,
): Uint8Array {
  const key = encryption.under(held.sealedUnder)
  if (!key) throw wrongKey(purpose, held)
  try {
    return key.open(held.sealed, bindingOf(organisation, purpose))
  } catch (cause) {
    throw new Problem("body_invalid", `the ${purpose} key is damaged: restore the database from a backup`, {
      cause,
    })
  }
}

/** Seals a new key for one purpose of an organisation's. */
export function sealKey(
  { organisation, clock, encryption }: Omit<KeyVaultDeps, "transact">,
  purpose: KeyPurpose,
  { secret, publicHalf }: NewKey,
): SealedKey {
  return {
    id: newId("key", clock),
    purpose,
    sealed: encryption.seal(secret, bindingOf(organisation, purpose)),
    sealedUnder: encryption.id,
    publicHalf,
    createdAt: clock.now(),
    retiredAt: null,
  }
}

/** What is sealed for one organisation and purpose opens for no other. */
function bindingOf({ id }: Organisation, purpose: KeyPurpose): string {
  return `${id} ${purpose}`
}

/** Answers the public halves of a purpose's live keys, newest first, for parts that verify and never sign. */
export async function publicHalves(
  { snapshot }: { snapshot: Snapshot<"keys"> },
  purpose: KeyPurpose,
): Promise<readonly string[]> {
  const live = await snapshot(({ keys }) => keys.live(purpose))
  return live.flatMap(({ publicHalf }) => publicHalf ?? [])
}

function randomKey(): NewKey {
  return { secret: randomBytes(32), publicHalf: null }
}

function wrongKey(purpose: KeyPurpose, { sealedUnder }: SealedKey): Problem {
  const words =
    `the ${purpose} key is sealed under another key-encryption key (${sealedUnder}): start with the key that this data ` +
    "was made with; without it, what it seals cannot be opened by anybody"
  return new Problem("body_invalid", words)
}
