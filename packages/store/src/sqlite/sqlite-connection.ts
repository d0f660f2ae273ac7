import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite"
import type { Statement, StatementResult } from "../statement.ts"

/** How many prepared statements a connection keeps; lists of another length are another statement. */
const MAX_PREPARED = 512

/** How long a statement waits for a lock that another program holds, such as one that makes a backup. */
const LOCK_WAIT_MS = { writing: 5_000, reading: 250 }

interface Prepared {
  readonly statement: StatementSync
  readonly answersRows: boolean
}

/** One connection of node:sqlite with its prepared statements. */
export class SqliteConnection {
  readonly #database: DatabaseSync
  readonly #prepared = new Map<string, Prepared>()

  constructor(path: string, options: { readOnly: boolean }) {
    const timeout = options.readOnly ? LOCK_WAIT_MS.reading : LOCK_WAIT_MS.writing
    this.#database = new DatabaseSync(path, { ...options, timeout, enableForeignKeyConstraints: true })
  }

  /** Whether a transaction stands: some errors of SQLite roll all of it back by themselves. */
  get inTransaction(): boolean {
    return this.#database.isTransaction
  }

  /** Runs one statement and answers its rows, or how many it changed. */
  run({ sql, parameters }: Statement): StatementResult {
    const { statement, answersRows } = this.#prepare(sql)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- SQLite itself refuses a value that it cannot bind
    const values = parameters as readonly SQLInputValue[]
    if (answersRows) return { rows: statement.all(...values) }
    return { rows: [], changes: Number(statement.run(...values).changes) }
  }

  /** Runs statements that answer nothing and take no values. */
  execute(sql: string): void {
    this.#database.exec(sql)
  }

  close(): void {
    this.#prepared.clear()
    this.#database.close()
  }

  #prepare(sql: string): Prepared {
    const kept = this.#prepared.get(sql)
    if (kept) return kept
    const statement = this.#database.prepare(sql)
    const prepared = { statement, answersRows: statement.columns().length > 0 }
    const [oldest] = this.#prepared.keys()
    if (this.#prepared.size >= MAX_PREPARED && oldest !== undefined) this.#prepared.delete(oldest)
    this.#prepared.set(sql, prepared)
    return prepared
  }
}
