import { StoreProblem } from "./store-problem.ts"

/** A transaction held longer stops everybody else; whoever needs more does it in several. */
export const MAX_TRANSACTION_MS = 5_000

/** Answers what `work` answers, or rejects when it has held its transaction for too long. */
export async function withinTransactionLimit<Result>(work: () => Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    reject(
      new StoreProblem(
        "transaction_over",
        `A transaction was held longer than ${MAX_TRANSACTION_MS / 1_000} s and was rolled back. Await nothing but the stores inside it, and open none inside another.`,
      ),
    )
  }, MAX_TRANSACTION_MS)
  try {
    return await Promise.race([work(), promise])
  } finally {
    clearTimeout(timer)
  }
}
