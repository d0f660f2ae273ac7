import { StoreProblem } from "../store-problem.ts"
import { runUnit, type UnitWork } from "../unit.ts"
import { SqliteConnection } from "./sqlite-connection.ts"
import { isReadOnly, sqliteErrorFacts, sqliteProblem } from "./sqlite-error.ts"
import { Turns } from "./turns.ts"

/** As many snapshots stand at once; each keeps the write-ahead log from being cut behind it. */
const MAX_CONNECTIONS = 8

/**
 * Gives each piece of work a snapshot on a read-only connection of its own. The connections live in the caller's
 * thread: a read by key takes microseconds, less than the way to another thread and back.
 */
export class SnapshotPool implements AsyncDisposable {
  readonly #path: string
  readonly #idle: SqliteConnection[] = []
  readonly #queue: ((connection: SqliteConnection) => void)[] = []
  /** The connections that may be given on; others end when they come back. */
  #current = new WeakSet<SqliteConnection>()
  #open = 0
  #closed: PromiseWithResolvers<void> | undefined
  readonly #turns = new Turns()

  constructor(path: string) {
    this.#path = path
  }

  /** Runs `work` on what was committed when its first statement ran. */
  async run<Result>(work: UnitWork<Result>): Promise<Result> {
    if (this.#closed) throw new StoreProblem("closed", "The store is closed.")
    const connection = await this.#take()
    try {
      connection.run({ sql: "begin", parameters: [] })
      return await runUnit(work, async (statement) => {
        await this.#turns.next()
        return this.#guarded(() => connection.run(statement))
      })
    } finally {
      if (connection.inTransaction) connection.run({ sql: "rollback", parameters: [] })
      this.#giveBack(connection)
    }
  }

  /** Has every snapshot from now on stand on a connection that begins now or later. */
  renew(): void {
    for (const connection of this.#idle.splice(0)) this.#end(connection)
    this.#current = new WeakSet()
  }

  /** Waits for the snapshots that stand. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed ??= Promise.withResolvers<void>()
    for (const connection of this.#idle.splice(0)) this.#end(connection)
    if (this.#open > 0) await this.#closed.promise
  }

  #guarded<Result>(read: () => Result): Result {
    try {
      return read()
    } catch (error) {
      const facts = sqliteErrorFacts(error)
      if (this.#open > 0 && isReadOnly(facts)) {
        throw new StoreProblem("refused", "A snapshot is for reading; writing takes a transaction.")
      }
      throw sqliteProblem(this.#path, facts)
    }
  }

  async #take(): Promise<SqliteConnection> {
    const idle = this.#idle.pop()
    if (idle) return idle
    if (this.#open >= MAX_CONNECTIONS) return new Promise((resolve) => this.#queue.push(resolve))
    const connection = this.#guarded(() => new SqliteConnection(this.#path, { readOnly: true }))
    this.#open++
    this.#current.add(connection)
    return connection
  }

  #giveBack(connection: SqliteConnection): void {
    const next = this.#queue.shift()
    // Whoever waits is not made to wait for a new one: an old connection serves them, and ends after.
    if (next) next(connection)
    else if (!this.#current.has(connection)) this.#end(connection)
    else if (this.#closed) this.#end(connection)
    else this.#idle.push(connection)
  }

  #end(connection: SqliteConnection): void {
    connection.close()
    this.#open--
    if (this.#open === 0) this.#closed?.resolve()
  }
}
