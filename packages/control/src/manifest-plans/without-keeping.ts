import type { Transact, Transaction } from "../transaction.ts"

/** Ends a transaction of which nothing is kept. */
class Undone extends Error {
  override readonly name = "Undone"
}

/** Does work in a transaction, answers what it came to, and keeps nothing of it. */
export async function withoutKeeping<Stores extends keyof Transaction, Result>(
  transact: Transact<Stores>,
  work: (tx: Pick<Transaction, Stores>) => Promise<Result>,
): Promise<Result> {
  let outcome: { readonly result: Result } | undefined
  try {
    await transact(async (tx) => {
      outcome = { result: await work(tx) }
      throw new Undone()
    })
  } catch (error) {
    if (!(error instanceof Undone)) throw error
  }
  if (!outcome) throw new Error("a transaction that was undone had done its work")
  return outcome.result
}
