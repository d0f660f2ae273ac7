import type { RecordContext, SealedKey, Shelf } from "@tabard/control"
import { recordRewrapped } from "@tabard/control"
import type { Id } from "@tabard/core"
import type { KeyEncryptionKey } from "./key-encryption-key.ts"
import { openKey, sealKey } from "./key-vault.ts"

/** What sealing keys anew needs. */
export interface RewrapDeps extends RecordContext {
  readonly shelf: Pick<Shelf, "snapshot" | "transact">
  readonly encryption: KeyEncryptionKey
}

/** What came of it. */
export interface Rewrapped {
  /** The key-encryption key that everything is sealed under now. */
  readonly under: string
  readonly rewrapped: number
}

/**
 * Seals every key of the organisation under the present key-encryption key, one by one, each with its event. The keys stay
 * what they are, so that everything goes on meanwhile; stopped anywhere, it goes on where it was when it is asked again.
 *
 * @throws {Problem} body_invalid, where a key lies under one that this program was not given
 */
export async function rewrapKeys(deps: RewrapDeps, by: Id<"user">): Promise<Rewrapped> {
  const { shelf, encryption } = deps
  const due = await shelf.snapshot(({ keys }) => keys.sealedOtherwise(encryption.id))
  let rewrapped = 0
  for (const key of due) if (await rewrap(deps, key, by)) rewrapped++
  return { under: encryption.id, rewrapped }
}

async function rewrap(deps: RewrapDeps, key: SealedKey, by: Id<"user">): Promise<boolean> {
  const { purpose, publicHalf, sealedUnder } = key
  const secret = openKey(deps, purpose, key)
  const anew = sealKey(deps, purpose, { secret, publicHalf })
  return deps.shelf.transact(async (tx) => {
    if (!(await tx.keys.reseal(key.id, sealedUnder, anew))) return false
    await recordRewrapped(deps, tx, { key, by, to: anew.sealedUnder })
    return true
  })
}
