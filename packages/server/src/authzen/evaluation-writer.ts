import type { RecordedEvaluation } from "@tabard/control"

/** The most evaluations of one transaction. */
const MOST = 256

/** Nobody is kept waiting longer than this for others to be written along. */
const LONGEST_GATHERING_MS = 5

interface Waiting {
  readonly evaluations: readonly RecordedEvaluation[]
  readonly kept: () => void
  readonly lost: (error: unknown) => void
}

/**
 * Keeps evaluations together that are waiting at once: while some are being written, those that follow wait for one
 * transaction of their own. Each caller is answered once its own are kept, or with why they are not.
 */
export class EvaluationWriter {
  readonly #write: (evaluations: readonly RecordedEvaluation[]) => Promise<void>
  readonly #waiting: Waiting[] = []
  #writing = false
  /** How many requests seem to be on their way at once. */
  #expected = 0
  #enough: (() => void) | undefined

  constructor(write: (evaluations: readonly RecordedEvaluation[]) => Promise<void>) {
    this.#write = write
  }

  /** Answers once these are kept. */
  keep(evaluations: readonly RecordedEvaluation[]): Promise<void> {
    return new Promise((kept, lost) => {
      this.#waiting.push({ evaluations, kept, lost })
      if (!this.#writing) void this.#writeAll()
      else if (this.#waiting.length >= this.#expected) this.#enough?.()
    })
  }

  async #writeAll(): Promise<void> {
    this.#writing = true
    // Whoever asks in this same turn is written along.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const batch = this.#next()
      const began = performance.now()
      try {
        await this.#write(batch.flatMap(({ evaluations }) => evaluations))
        for (const { kept } of batch) kept()
      } catch (error) {
        for (const { lost } of batch) lost(error)
      }
      await this.#gather(batch.length, performance.now() - began)
    }
    this.#writing = false
  }

  /**
   * Waits for whoever was just answered to ask again, no longer than the last writing took: otherwise one that comes first is
   * written alone, and all others after it, and each sync of the disk serves half as many.
   */
  async #gather(written: number, tookMs: number): Promise<void> {
    this.#expected = written + this.#waiting.length
    if (this.#waiting.length === 0 || this.#expected <= 2) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(tookMs, LONGEST_GATHERING_MS))
      this.#enough = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#enough = undefined
  }

  /** As many requests as come to the bound; one that is larger goes by itself. */
  #next(): readonly Waiting[] {
    let together = 0
    const end = this.#waiting.findIndex(({ evaluations }, n) => {
      together += evaluations.length
      return n > 0 && together > MOST
    })
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end)
  }
}
