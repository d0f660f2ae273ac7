/** Tells the time. Handed in wherever time matters, so that tests of expiry are exact. */
export interface Clock {
  now(): Date
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now: number

  constructor(start: Date | string) {
    this.#now = new Date(start).getTime()
  }

  now(): Date {
    return new Date(this.#now)
  }

  /** Moves the clock by `ms` milliseconds; a negative number moves it backwards. */
  advance(ms: number): void {
    this.#now += ms
  }
}
