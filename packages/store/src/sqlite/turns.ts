import { setTimeout as wait } from "node:timers/promises"

/** For how long one turn of the event loop may be worked in before whatever else waits has its own, in milliseconds. */
const LONGEST_MS = 10

/** For how long the others have the thread then: a request takes several turns, and each of them only moments. */
const PAUSE_MS = 1

/**
 * Parts work that never waits for anything into turns of the event loop. Reading in the caller's own thread is done before
 * anybody else is asked; a long row of such readings would keep every request waiting until its end.
 */
export class Turns {
  #since: number | undefined

  /** Answers when the next piece may begin: now, or, where this turn has lasted for long, after a pause. */
  async next(): Promise<void> {
    const now = performance.now()
    if (this.#since === undefined) this.#begin(now)
    else if (now - this.#since > LONGEST_MS) await wait(PAUSE_MS)
  }

  #begin(now: number): void {
    this.#since = now
    setImmediate(() => {
      this.#since = undefined
    })
  }
}
