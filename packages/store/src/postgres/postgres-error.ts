import { StoreProblem } from "../store-problem.ts"

/** PostgreSQL's codes (postgresql.org/docs/current/errcodes-appendix.html) for a transaction that is to be run again. */
const CONFLICTS: readonly (string | undefined)[] = ["40001", "40P01"]

/** The class of errors that a constraint gives. */
const INTEGRITY = "23"

const READ_ONLY_TRANSACTION = "25006"

/** Answers PostgreSQL's code of an error, or undefined for any other. */
export function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
}

/** Whether the transaction could not be put in order with others, and would succeed if it were run again. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.includes(sqlState(error))
}

/** Says an error of PostgreSQL without its detail, in which values of rows stand. What is not one stays as it is. */
export function postgresProblem(error: unknown): unknown {
  const state = sqlState(error)
  if (!(error instanceof Error) || state === undefined) return error
  if (state.startsWith(INTEGRITY)) return new StoreProblem("refused", error.message)
  if (state === READ_ONLY_TRANSACTION) {
    return new StoreProblem("refused", "A snapshot is for reading; writing takes a transaction.")
  }
  return new StoreProblem("lost", `PostgreSQL could not run a statement (${state}).`)
}

/** Nobody answers at the store's address, or not to us. The address is not repeated: a password may stand in it. */
export function unreachable(error: unknown): StoreProblem {
  const reason = error instanceof Error && "code" in error ? String(error.code) : "no reason given"
  return new StoreProblem(
    "unreachable",
    `PostgreSQL cannot be reached (${reason}). Check that it runs and that the address, user and password of the store are right.`,
  )
}
