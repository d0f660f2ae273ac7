/** Answers whether a store ended a transaction that was held for too long; it took back what was written. */
export function tookTooLong(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "transaction_over"
}
