import type { WitnessAnswer } from "@tabard/log"
import type { WitnessStanding, WitnessTrouble } from "./witness-store.ts"

/** How soon a witness is asked again that cosigned, where the log has grown. */
const PACE_MS = 10_000

/** How old a cosignature becomes before the witness is asked for a new one, though nothing was added. */
const FRESH_MS = 30 * 60_000

/** The longest that a witness is left alone: well below the hour after which evidence is red. */
const MOST_WAIT_MS = 10 * 60_000

/** Answers whether a witness is to be asked now to cosign a checkpoint of this size. */
export function isDue(
  standing: WitnessStanding | undefined,
  { size, now }: { size: number; now: Date },
): boolean {
  if (!standing) return true
  if (standing.due === null || standing.due > now) return false
  const { cosignedAt, trouble } = standing
  if (trouble || !cosignedAt || standing.size < size) return true
  return now.getTime() - cosignedAt.getTime() >= FRESH_MS
}

/** Answers what is known of a witness after an answer of its own. */
export function standingAfter(
  before: WitnessStanding,
  answer: WitnessAnswer,
  { size, now }: { readonly size: number; readonly now: Date },
): WitnessStanding {
  switch (answer.kind) {
    case "cosigned": {
      const cosignedAt = new Date(answer.time * 1000)
      return { ...before, size, cosignedAt, trouble: null, failures: 0, due: inMs(now, PACE_MS) }
    }
    case "ahead": {
      const said = `it has seen ${answer.size} entries, and ${size} are published`
      return { ...troubled(before, { kind: "ahead", said }, now), size: answer.size }
    }
    case "split-view":
      return { ...troubled(before, { kind: "split-view", said: answer.said }, now), due: null }
    case "unknown-log":
    case "unavailable":
      return troubled(before, { kind: answer.kind, said: answer.said }, now)
  }
}

function troubled(
  before: WitnessStanding,
  trouble: { readonly kind: WitnessTrouble; readonly said: string },
  now: Date,
): WitnessStanding {
  const failures = before.failures + 1
  const wait = Math.min(PACE_MS * 2 ** Math.min(failures - 1, 10), MOST_WAIT_MS)
  return { ...before, trouble, failures, due: inMs(now, wait) }
}

function inMs(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms)
}
