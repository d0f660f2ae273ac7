import { StoreProblem } from "../store-problem.ts"
import { runUnit, type UnitWork } from "../unit.ts"
import { type SqliteWriter, TransactionLost } from "./sqlite-writer.ts"

/** As many units share one sync of the disk; beyond that the first waits longer than the last gains. */
const MAX_UNITS = 256

/** A commit waits no longer for further units. */
const MAX_BATCH_MS = 5

/** A unit that waits for its turn. It answers what is to be told to its caller once the batch is on the disk. */
interface Queued {
  readonly run: () => Promise<() => void>
  readonly reject: (error: unknown) => void
}

/**
 * Runs units one after another as savepoints of shared transactions. Nobody is answered, not even refused, before
 * the commit that holds what they saw is synced to the disk; where it fails, everybody in it is rejected.
 */
export class GroupCommit implements AsyncDisposable {
  readonly #writer: SqliteWriter
  readonly #queue: Queued[] = []
  #draining: Promise<void> | undefined
  #closed = false
  readonly #longestMs: number

  constructor(writer: SqliteWriter, longestMs: number = MAX_BATCH_MS) {
    this.#writer = writer
    this.#longestMs = longestMs
  }

  /** Answers what `work` answers once it is durable, or rejects with none of its changes kept. */
  submit<Result>(work: UnitWork<Result>): Promise<Result> {
    if (this.#closed) return Promise.reject(new StoreProblem("closed", "The store is closed."))
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    this.#queue.push({ run: () => this.#inSavepoint(work, resolve, reject), reject })
    this.#draining ??= this.#drain()
    return promise
  }

  /** Waits for what was accepted, and accepts no more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    await this.#draining
  }

  async #drain(): Promise<void> {
    // Units that are submitted in the same turn of the event loop belong together.
    await Promise.resolve()
    while (this.#queue.length > 0) await this.#batch()
    this.#draining = undefined
  }

  async #batch(): Promise<void> {
    const taken: Queued[] = []
    const answers: (() => void)[] = []
    const ends = performance.now() + this.#longestMs
    try {
      this.#writer.later("begin immediate")
      for (let unit = this.#queue.shift(); unit; unit = this.#queue.shift()) {
        taken.push(unit)
        answers.push(await unit.run())
        if (taken.length >= MAX_UNITS || performance.now() >= ends) break
      }
      await this.#writer.run({ sql: "commit", parameters: [] })
    } catch (error) {
      await this.#abandon()
      for (const { reject } of taken) reject(told(error))
      return
    }
    for (const answer of answers) answer()
  }

  /** What was not committed is undone; where not even that works, the next batch will say so. */
  async #abandon(): Promise<void> {
    this.#writer.forgetLater()
    await this.#writer.run({ sql: "rollback", parameters: [] }).catch(() => undefined)
  }

  async #inSavepoint<Result>(
    work: UnitWork<Result>,
    resolve: (result: Result) => void,
    reject: (error: unknown) => void,
  ): Promise<() => void> {
    this.#writer.later("savepoint unit")
    try {
      const result = await runUnit(work, (statement) => this.#writer.run(statement))
      this.#writer.later("release unit")
      return () => resolve(result)
    } catch (error) {
      if (error instanceof TransactionLost) throw error
      this.#writer.later("rollback to unit")
      this.#writer.later("release unit")
      return () => reject(error)
    }
  }
}

/** A lost transaction is told by its cause. */
function told(error: unknown): unknown {
  return error instanceof TransactionLost ? error.cause : error
}
