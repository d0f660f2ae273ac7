/** How the keys that sign tokens stand. */
export interface SigningKeyTimes {
  /** When the key that signs was made. */
  readonly signing: Date
  /** When the one that is to follow it was made and published; null where there is none. */
  readonly next: Date | null
  /** When somebody last asked for the next one; null where nobody ever did. */
  readonly askedAt: Date | null
  /** After how many days a key is followed by another. */
  readonly days: number
}

/** What is to be done about the keys: make and publish the next one, have it sign, or nothing yet. */
export type KeyStep = "make" | "sign" | "wait"

const DAY_MS = 24 * 60 * 60 * 1000

/** How long a key is published before it signs: whoever verifies by themselves has it by then. */
const PUBLISHED_BEFORE_MS = DAY_MS

/** The same where somebody asked: as long as our own keys may be kept in mind (`max-age` of the document), and no longer. */
const PUBLISHED_WHEN_ASKED_MS = 5 * 60 * 1000

/** Answers whether a key of another kind than has signed may sign by now: nobody has in mind what was published before it. */
export function isKnownToVerifiers(madeAt: Date, now: Date): boolean {
  return since(madeAt, now) >= PUBLISHED_WHEN_ASKED_MS
}

/** Answers the next step of the rotation at a time: taken again and again, each key is published before it signs. */
export function keyStep({ signing, next, askedAt, days }: SigningKeyTimes, now: Date): KeyStep {
  const asked = askedAt !== null && askedAt > signing
  if (!next) return asked || since(signing, now) >= days * DAY_MS ? "make" : "wait"
  return since(next, now) >= (asked ? PUBLISHED_WHEN_ASKED_MS : PUBLISHED_BEFORE_MS) ? "sign" : "wait"
}

function since(time: Date, now: Date): number {
  return now.getTime() - time.getTime()
}
