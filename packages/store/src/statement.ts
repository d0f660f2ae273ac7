/** One statement as the query builder wrote it. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** What a statement answers: its rows, or how many it changed. */
export interface StatementResult {
  readonly rows: readonly unknown[]
  readonly changes?: number
}

/** Runs one statement inside a transaction that somebody else began and will end. */
export type RunStatement = (statement: Statement) => Promise<StatementResult>
