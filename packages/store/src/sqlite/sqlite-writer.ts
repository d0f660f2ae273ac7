import { Worker } from "node:worker_threads"
import type { Statement, StatementResult } from "../statement.ts"
import { StoreProblem } from "../store-problem.ts"
import { sqliteProblem } from "./sqlite-error.ts"
import type { WriterAnswer, WriterOpened, WriterRequest, WriterStart } from "./writer-protocol.ts"

/** The thread's file has the ending of this one: the published package holds JavaScript. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "./sqlite-worker.ts" : "./sqlite-worker.js",
  import.meta.url,
)

/** The transaction is gone, and with it everybody's work in it. */
export class TransactionLost extends Error {
  override readonly name = "TransactionLost"
}

interface Waiting {
  readonly resolve: (result: StatementResult) => void
  readonly reject: (error: Error) => void
}

/** The one connection that writes. It lives in a thread of its own, because a commit waits for the disk. */
export class SqliteWriter implements AsyncDisposable {
  readonly #path: string
  readonly #thread: Worker
  readonly #waiting = new Map<number, Waiting>()
  #later: string[] = []
  #outgoing: WriterRequest[] = []
  #last = 0
  #stopped: StoreProblem | undefined

  private constructor(path: string, thread: Worker) {
    this.#path = path
    this.#thread = thread
    thread.on("message", (answers: readonly WriterAnswer[]) => {
      for (const answer of answers) this.#answered(answer)
    })
    thread.on("error", (error) => this.#stop(`its writer failed: ${error.message}`))
    thread.on("exit", () => this.#stop("its writer has ended"))
  }

  /** @throws {StoreProblem} in_use, unwritable, damaged */
  static async open(path: string): Promise<SqliteWriter> {
    const thread = new Worker(THREAD, { workerData: { path } satisfies WriterStart })
    const opened = await firstWord(thread)
    if (opened.kind === "refused") {
      await thread.terminate()
      throw new StoreProblem(opened.code, opened.message)
    }
    return new SqliteWriter(path, thread)
  }

  /** Sends `sql` along with the next statement: what only begins or ends something is worth no round trip. */
  later(sql: string): void {
    this.#later.push(sql)
  }

  /** Drops what was to be sent along. */
  forgetLater(): void {
    this.#later = []
  }

  /**
   * Runs one statement, after what was to be sent along with it. Those that are asked for in one turn go to the thread
   * together, in their order.
   *
   * @throws {TransactionLost} where no transaction stands any more
   */
  run(statement: Statement | null): Promise<StatementResult> {
    if (this.#stopped) return Promise.reject(this.#stopped)
    const { promise, resolve, reject } = Promise.withResolvers<StatementResult>()
    const id = ++this.#last
    this.#waiting.set(id, { resolve, reject })
    if (this.#outgoing.push({ id, before: this.#later, statement: bare(statement) }) === 1)
      process.nextTick(() => this.#send())
    this.#later = []
    return promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#stopped) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#thread.once("exit", () => resolve())
    this.#send()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#thread.postMessage(null)
    await promise
  }

  #send(): void {
    if (this.#outgoing.length === 0) return
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#thread.postMessage(this.#outgoing)
    this.#outgoing = []
  }

  #answered(answer: WriterAnswer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if ("result" in answer) {
      waiting?.resolve(answer.result)
      return
    }
    const problem = sqliteProblem(this.#path, answer.error)
    waiting?.reject(answer.inTransaction ? problem : new TransactionLost(problem.message, { cause: problem }))
  }

  #stop(why: string): void {
    this.#stopped ??= new StoreProblem("closed", `The database ${this.#path} is closed: ${why}.`)
    for (const { reject } of this.#waiting.values()) reject(this.#stopped)
    this.#waiting.clear()
  }
}

/** The query builder's own objects hold more than can cross to another thread. */
function bare(statement: Statement | null): Statement | null {
  return statement && { sql: statement.sql, parameters: statement.parameters }
}

async function firstWord(thread: Worker): Promise<WriterOpened> {
  const { promise, resolve, reject } = Promise.withResolvers<WriterOpened>()
  thread.once("message", resolve)
  thread.once("error", reject)
  try {
    return await promise
  } finally {
    thread.off("message", resolve)
    thread.off("error", reject)
  }
}
