import { randomInt } from "node:crypto"
import type { CarryResult } from "./sink-carrier.ts"

const SECOND = 1000
const MINUTE = 60 * SECOND

/** How long after a failed try comes the next: twice as long each time. */
const RETRY_MS = { first: 2 * SECOND, most: 5 * MINUTE }

/** How long a receiver can have us wait by its own word. */
const MOST_ASKED_MS = 60 * MINUTE

/** How seldom a sink is tried that a person has to put right. */
const HELD_MS = 15 * MINUTE

/** How many thousandths a time is moved, at most: many that failed together do not come back together. */
const JITTER = 200

/** Answers how long a sink is left alone after so many tries in a row that failed, this one among them. */
export function restMs(result: Exclude<CarryResult, { kind: "taken" }>, failures: number): number {
  if (result.kind === "held") return jittered(HELD_MS)
  const backOff = jittered(Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** Math.min(failures - 1, 20)))
  // What the receiver asks for is kept to, and never shortened by what we would do by ourselves.
  return Math.max(backOff, Math.min(result.afterMs ?? 0, MOST_ASKED_MS))
}

function jittered(ms: number): number {
  return Math.round((ms * (1000 + randomInt(-JITTER, JITTER + 1))) / 1000)
}
