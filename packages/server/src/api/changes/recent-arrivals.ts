import type { Arrival } from "@tabard/control"

/** How many are remembered: whoever was away for longer looks at everything. */
const MOST = 2_000

/** How far back a new listener is told, in milliseconds: what they read just before must not stay old. */
const TOLD_AGAIN_MS = 10_000

/** Within what time the process before may have told events in another order than they stand in the record. */
const REORDERED_MS = 15_000

/** What was told lately, in the order in which it was told. */
export class RecentArrivals {
  readonly #told: Arrival[] = []
  /** How many of them this process only read, as the one before it may have told them. */
  #foundHere = 0

  /** Takes note of what stood in the record when this process began. */
  found(arrivals: readonly Arrival[]): void {
    this.add(arrivals)
    this.#foundHere = this.#told.length
  }

  /** Takes note of what is told. */
  add(arrivals: readonly Arrival[]): void {
    this.#told.push(...arrivals)
    const over = Math.max(0, this.#told.length - MOST)
    this.#told.splice(0, over)
    this.#foundHere = Math.max(0, this.#foundHere - over)
  }

  /** Answers the event of an id, where it is remembered. */
  find(id: string): Arrival | undefined {
    return this.#told.find((one) => one.id === id)
  }

  /** Answers what somebody who begins to listen now has to look at. */
  lately(now: Date): readonly Arrival[] {
    return this.#told.filter(({ at }) => now.getTime() - at.getTime() < TOLD_AGAIN_MS)
  }

  /** Answers what was told after this one; nothing of it is left out, some of it may have been told before. */
  behind(last: Arrival): readonly Arrival[] {
    const place = this.#told.indexOf(last)
    if (place >= this.#foundHere) return this.#told.slice(place + 1)
    return this.#told.filter(
      (one, n) => n > place || (n < place && last.at.getTime() - one.at.getTime() < REORDERED_MS),
    )
  }
}
