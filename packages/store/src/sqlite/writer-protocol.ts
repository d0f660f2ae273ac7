import type { Statement, StatementResult } from "../statement.ts"
import type { StoreProblemCode } from "../store-problem.ts"
import type { SqliteErrorFacts } from "./sqlite-error.ts"

/** What the writer's thread is started with. */
export interface WriterStart {
  readonly path: string
}

/** What the writer's thread says first: that the database is open, or why it is not. */
export type WriterOpened =
  | { readonly kind: "open" }
  | { readonly kind: "refused"; readonly code: StoreProblemCode; readonly message: string }

/** One request: what begins or ends transactions goes along with the statement that needs it, in one message. */
export interface WriterRequest {
  readonly id: number
  readonly before: readonly string[]
  readonly statement: Statement | null
}

/** What the writer's thread answers to a request. */
export type WriterAnswer =
  | { readonly id: number; readonly result: StatementResult }
  | {
      readonly id: number
      readonly error: SqliteErrorFacts
      /** False where SQLite rolled the whole transaction back, with everybody's work in it. */
      readonly inTransaction: boolean
    }
