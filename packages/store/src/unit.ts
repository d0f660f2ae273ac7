import type { RunStatement, StatementResult } from "./statement.ts"
import { StoreProblem } from "./store-problem.ts"
import { withinTransactionLimit } from "./transaction-limit.ts"

/** One unit of work as its caller sees it: statements go in until it is over. */
export type UnitWork<Result> = (run: RunStatement) => Promise<Result>

/**
 * Runs the work of one unit over `run`. It rejects where the work does, where it takes too long, and where any of
 * its statements failed even if the work went on: PostgreSQL would have lost all of it then, so nobody else keeps
 * half. Afterwards no statement of the unit is let through any more.
 */
export async function runUnit<Result>(work: UnitWork<Result>, run: RunStatement): Promise<Result> {
  let over = false
  let failed: { readonly cause: unknown } | undefined
  const guarded: RunStatement = async (statement): Promise<StatementResult> => {
    if (over) throw new StoreProblem("transaction_over", "A statement came after the end of its transaction.")
    try {
      return await run(statement)
    } catch (cause) {
      failed ??= { cause }
      throw cause
    }
  }
  try {
    const result = await withinTransactionLimit(() => work(guarded))
    if (failed) throw failed.cause
    return result
  } finally {
    over = true
  }
}
