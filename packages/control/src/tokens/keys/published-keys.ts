import { LIFETIME_MINUTES } from "@tabard/core"
import { SET_LIFE_MS } from "../../signals/receive-signal.ts"
import type { Transaction } from "../../transaction.ts"
import type { SealedKey, SigningPurpose } from "../key-store.ts"

/** The keys of one purpose: what signs, and what else is verified by. */
export interface PublishedKeys {
  readonly signing: SealedKey
  /** The one that follows it, which signs nothing yet; null where there is none. */
  readonly next: SealedKey | null
  /** Those by which something that is still good may be signed, newest first. */
  readonly before: readonly SealedKey[]
  /** When one of them last came or went. */
  readonly changedAt: Date
}

/** By how much the clock of whoever verifies may lag. */
const LAG_MS = 5 * 60_000

/** How long something that a key signed may be good: a token until it ends, a signal for as long as we would believe one. */
const GOOD_FOR_MS: Readonly<Record<SigningPurpose, number>> = {
  "signal-signing": SET_LIFE_MS,
  "token-signing": LIFETIME_MINUTES.max * 60_000,
  "token-signing-ed25519": LIFETIME_MINUTES.max * 60_000,
}

/** Answers the keys of a purpose by which one verifies at a time, or undefined where there was never one. */
export async function publishedKeys(
  { keys }: Pick<Transaction, "keys">,
  purpose: SigningPurpose,
  now: Date,
): Promise<PublishedKeys | undefined> {
  const [signing] = await keys.live(purpose)
  if (!signing) return undefined
  const next = (await keys.prepared(purpose)) ?? null
  const ended = (await keys.retiredAfter(purpose, new Date(0))).map((key) => ({
    key,
    gone: new Date((key.retiredAt?.getTime() ?? 0) + GOOD_FOR_MS[purpose] + LAG_MS),
  }))
  const changes = [signing.createdAt, ...(next ? [next.createdAt] : []), ...ended.map(({ gone }) => gone)]
  return {
    signing,
    next,
    before: ended.filter(({ gone }) => gone > now).map(({ key }) => key),
    changedAt: latest([...changes, ...ended.map(({ key }) => key.retiredAt ?? signing.createdAt)], now),
  }
}

/** Answers all of them, the one that signs first. */
export function allPublished({ signing, next, before }: PublishedKeys): readonly SealedKey[] {
  return [signing, ...(next ? [next] : []), ...before]
}

/** Answers whether the same keys are published, and the same one signs. */
export function isPublishedAlike(one: PublishedKeys, other: PublishedKeys): boolean {
  return idsOf(one) === idsOf(other)
}

function idsOf(keys: PublishedKeys): string {
  return allPublished(keys)
    .map(({ id }) => id)
    .join(" ")
}

function latest(times: readonly Date[], now: Date): Date {
  return new Date(Math.max(0, ...times.map((time) => time.getTime()).filter((time) => time <= now.getTime())))
}
