import type { Clock } from "@tabard/core"
import { RESET } from "./change-text.ts"

/** How much waits for a slow reader, in bytes; beyond that it is told to look at everything instead. */
const MOST_WAITING = 128 * 1024

/** How long a reader may take nothing of what waits for it. */
const PATIENCE_MS = 30_000

/** Somebody who listens: what is told waits until they take it, within bounds. */
export class Listener {
  /** What they are sent. */
  readonly stream: ReadableStream<Uint8Array>
  /** Settles when they are gone, or what they are sent was ended. */
  readonly left: Promise<void>
  readonly #clock: Clock
  #waiting: Uint8Array[] = []
  #bytes = 0
  #wake = Promise.withResolvers<void>()
  readonly #leaving = Promise.withResolvers<void>()
  #ended = false
  #takenAt: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.left = this.#leaving.promise
    this.#takenAt = clock.now().getTime()
    this.stream = new ReadableStream(
      {
        pull: (controller) => this.#give(controller),
        cancel: () => this.end(),
      },
      { highWaterMark: 0 },
    )
  }

  /** Tells them something, or, where too much waits already, to look at everything. */
  tell(text: Uint8Array): void {
    if (this.#ended) return
    if (this.#waiting.length === 0) this.#takenAt = this.#clock.now().getTime()
    const fits = this.#bytes + text.length <= MOST_WAITING
    this.#waiting = fits ? [...this.#waiting, text] : [RESET]
    this.#bytes = fits ? this.#bytes + text.length : RESET.length
    this.#wake.resolve()
  }

  /** Whether they have left what waits for them for too long. */
  isGone(): boolean {
    return this.#waiting.length > 0 && this.#clock.now().getTime() - this.#takenAt > PATIENCE_MS
  }

  /** Ends what they are sent; what waits still is not sent any more. */
  end(): void {
    this.#ended = true
    this.#waiting = []
    this.#wake.resolve()
    this.#leaving.resolve()
  }

  async #give(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    while (this.#waiting.length === 0 && !this.#ended) {
      this.#wake = Promise.withResolvers()
      await this.#wake.promise
    }
    if (this.#ended) {
      controller.close()
      return
    }
    controller.enqueue(Buffer.concat(this.#waiting))
    this.#waiting = []
    this.#bytes = 0
  }
}
