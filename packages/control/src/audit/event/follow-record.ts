import type { Clock } from "@tabard/core"
import type { Snapshot } from "../../transaction.ts"
import type { Arrival } from "./event-store.ts"

/** What following the record needs. */
export interface FollowRecordDeps {
  readonly snapshot: Snapshot<"outbox">
  readonly clock: Clock
}

/** What came since it was last asked. */
export interface News {
  readonly arrivals: readonly Arrival[]
  /** Whether there may be more than is told here: nobody can say which. */
  readonly missed: boolean
}

/** How many arrivals are read at once; where more came, they are not told one by one. */
const MOST = 1_000

/**
 * How long a number that was not seen may still come: longer than any transaction is held (five seconds), by any
 * replica. After that it is one of a transaction that failed, or of another organisation.
 */
const LATE_MS = 15_000

/**
 * Follows the record, so that each event is told once, whichever replica wrote it. Numbers are given before a
 * transaction commits, so a lower one may be seen after a higher one: each number that was passed over is looked for
 * until it cannot come any more.
 */
export class RecordFollower {
  readonly #deps: FollowRecordDeps
  #highest = 0
  /** Since when, in milliseconds, each number is missed. */
  readonly #missing = new Map<number, number>()
  /** When what could still have come late after a leap has come. */
  #unsureUntil: number | undefined

  constructor(deps: FollowRecordDeps) {
    this.#deps = deps
  }

  /** Begins at the end of the record, and answers what stands there, the oldest first. */
  async begin(): Promise<readonly Arrival[]> {
    const newest = await this.#deps.snapshot(({ outbox }) => outbox.arrivals({ newest: MOST }))
    this.#highest = (newest[0]?.number ?? 1) - 1
    this.#pass(newest)
    return newest
  }

  /** Answers what came since the last time. */
  async read(): Promise<News> {
    const missing = [...this.#missing.keys()]
    const { late, behind } = await this.#deps.snapshot(async ({ outbox }) => ({
      late: missing.length === 0 ? [] : await outbox.arrivals({ among: missing }),
      behind: await outbox.arrivals({ behind: this.#highest, limit: MOST }),
    }))
    for (const { number } of late) this.#missing.delete(number)
    if (behind.length === MOST) return this.#leap(late)
    this.#pass(behind)
    return { arrivals: [...late, ...behind], missed: this.#forget() }
  }

  /** Where too much came, it goes on at the end; what was written meanwhile and is not seen yet is told of later, as missed. */
  async #leap(late: readonly Arrival[]): Promise<News> {
    const [last] = await this.#deps.snapshot(({ outbox }) => outbox.arrivals({ newest: 1 }))
    this.#highest = last?.number ?? this.#highest
    this.#missing.clear()
    this.#unsureUntil = this.#now() + LATE_MS
    return { arrivals: late, missed: true }
  }

  /** Goes behind these, and remembers which numbers between them were not seen. */
  #pass(arrivals: readonly Arrival[]): void {
    const now = this.#now()
    for (const { number } of arrivals) {
      const from = Math.max(this.#highest + 1, number - MOST)
      if (from > this.#highest + 1) this.#unsureUntil = now + LATE_MS
      for (let missing = from; missing < number; missing++) this.#missing.set(missing, now)
      this.#highest = number
    }
  }

  /** Stops looking for what cannot come any more, and answers whether something may have been missed. */
  #forget(): boolean {
    const now = this.#now()
    for (const [number, since] of this.#missing) {
      const tooMany = this.#missing.size > MOST
      if (now - since < LATE_MS && !tooMany) break
      if (tooMany) this.#unsureUntil = now + LATE_MS
      this.#missing.delete(number)
    }
    if (this.#unsureUntil === undefined || now < this.#unsureUntil) return false
    this.#unsureUntil = undefined
    return true
  }

  #now(): number {
    return this.#deps.clock.now().getTime()
  }
}
