import type { RecordedEvaluation } from "@tabard/control"

/** The most evaluations of one transaction. */
const MOST = 256

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

  constructor(write: (evaluations: readonly RecordedEvaluation[]) => Promise<void>) {
    this.#write = write
  }

  /** Answers once these are kept. */
  keep(evaluations: readonly RecordedEvaluation[]): Promise<void> {
    return new Promise((kept, lost) => {
      this.#waiting.push({ evaluations, kept, lost })
      if (!this.#writing) void this.#writeAll()
    })
  }

  async #writeAll(): Promise<void> {
    this.#writing = true
    // Whoever asks in this same turn is written along.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const batch = this.#next()
      try {
        await this.#write(batch.flatMap(({ evaluations }) => evaluations))
        for (const { kept } of batch) kept()
      } catch (error) {
        for (const { lost } of batch) lost(error)
      }
    }
    this.#writing = false
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
