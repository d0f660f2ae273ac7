import { randomInt } from "node:crypto"
import type { Delivery, DeliveryOutcome } from "@tabard/control"
import type { Carried } from "./carrier.ts"

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** How long after each failed try comes the next; after the last there is none. */
export const RETRY_AFTER_MS: readonly number[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  6 * HOUR,
]

/** The oldest that is still worth telling: what a channel did not take in a day is given up. */
const MOST_AGE_MS = 24 * HOUR

/** How many failures in a row, of whatever delivery, until a channel is left alone for a while. */
const RESTS_AFTER = 5

/** How long it is left alone, at first and at most. */
const REST_MS = { first: MINUTE, most: HOUR }

/** How many thousandths a time is moved, at most: many that failed together do not come back together. */
const JITTER = 200

/** Answers what becomes of a delivery after a try. */
export function outcomeOf({ tries, madeAt }: Delivery, carried: Carried, now: Date): DeliveryOutcome {
  if (carried.kind === "sent") return { kind: "sent", at: now }
  const { said } = carried
  const after = RETRY_AFTER_MS[tries - 1]
  if (carried.kind === "refused" || after === undefined || isTooOld(madeAt, now))
    return { kind: "failed", at: now, said }
  return { kind: "again", due: new Date(now.getTime() + jittered(after)), said }
}

/** Answers until when a channel is left alone after so many failures in a row; undefined where it is not. */
export function restUntil(failures: number, now: Date): Date | undefined {
  if (failures < RESTS_AFTER) return undefined
  const ms = Math.min(REST_MS.most, REST_MS.first * 2 ** Math.min(failures - RESTS_AFTER, 10))
  return new Date(now.getTime() + jittered(ms))
}

/** Answers how many deliveries a channel may be given now: none while it rests, one after that, until it works. */
export function allowance(
  health: { readonly failures: number; readonly restsUntil: Date | null } | undefined,
  now: Date,
  usual: number,
): number {
  if (!health || health.failures < RESTS_AFTER) return usual
  return health.restsUntil !== null && health.restsUntil > now ? 0 : 1
}

function isTooOld(madeAt: Date, now: Date): boolean {
  return now.getTime() - madeAt.getTime() > MOST_AGE_MS
}

function jittered(ms: number): number {
  return Math.round((ms * (1000 + randomInt(-JITTER, JITTER + 1))) / 1000)
}
