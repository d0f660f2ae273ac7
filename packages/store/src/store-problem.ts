/** Why a store could not do what it was asked; a code, once released, keeps its meaning. */
export type StoreProblemCode =
  | "unwritable"
  | "unreachable"
  | "damaged"
  | "not_a_store"
  | "newer_schema"
  | "in_use"
  | "closed"
  | "transaction_over"
  | "refused"
  | "lost"

/** What a store says to whoever runs it, in words that tell what to do next. Values of rows never stand in it. */
export class StoreProblem extends Error {
  override readonly name = "StoreProblem"
  readonly code: StoreProblemCode

  constructor(code: StoreProblemCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
