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
  /** When one of them last came or went. */
  readonly changedAt: Date
}

/** Until a key's last token has ended, by the clock of a verifier that lags five minutes. */
const PUBLISHED_ON_MS = (LIFETIME_MINUTES.max + 5) * 60_000

/** Answers the keys by which tokens verify at a time, or undefined where no process has played the issuer yet. */
export async function publishedKeys(
  { keys }: Pick<Transaction, "keys">,
  now: Date,
): Promise<PublishedKeys | undefined> {
  const [signing] = await keys.live("token-signing")
  if (!signing) return undefined
  const next = (await keys.prepared("token-signing")) ?? null
  const ended = (await keys.retiredAfter("token-signing", new Date(0))).map((key) => ({
    key,
    gone: new Date((key.retiredAt?.getTime() ?? 0) + PUBLISHED_ON_MS),
  }))
  const changes = [signing.createdAt, ...(next ? [next.createdAt] : []), ...ended.map(({ gone }) => gone)]
  return {
    signing,
    next,
    before: ended.filter(({ gone }) => gone > now).map(({ key }) => key),
    changedAt: latest([...changes, ...ended.map(({ key }) => key.retiredAt ?? signing.createdAt)], now),
  }
}

function latest(times: readonly Date[], now: Date): Date {
  return new Date(Math.max(0, ...times.map((time) => time.getTime()).filter((time) => time <= now.getTime())))
}
