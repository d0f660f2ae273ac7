import { LIFETIME_MINUTES } from "@tabard/core"
import type { Transaction } from "../../transaction.ts"
import type { SealedKey } from "../key-store.ts"

/** The keys of an issuer: what signs, and what else tokens verify by. */
export interface PublishedKeys {
  readonly signing: SealedKey
  /** The one that follows it, which signs nothing yet; null where there is none. */
  readonly next: SealedKey | null
  /** Those whose tokens may still live, newest first. */
  readonly before: readonly SealedKey[]
}

/** Clocks of verifiers may lag by this much. */
const LAG_MS = 5 * 60 * 1000

/** Answers the keys by which tokens verify at a time, or undefined where no process has played the issuer yet. */
export async function publishedKeys(
  { keys }: Pick<Transaction, "keys">,
  now: Date,
): Promise<PublishedKeys | undefined> {
  const [signing] = await keys.live("token-signing")
  if (!signing) return undefined
  const lastToken = new Date(now.getTime() - LIFETIME_MINUTES.max * 60_000 - LAG_MS)
  return {
    signing,
    next: (await keys.prepared("token-signing")) ?? null,
    before: await keys.retiredAfter("token-signing", lastToken),
  }
}
