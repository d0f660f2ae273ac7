/** Keeps what may be used once: proof ids, assertion ids. Each sentence below is a test in replay-store.contract.ts. */
export interface ReplayStore {
  /**
   * Answers true to the first who names this key in this namespace, and false to everybody after, however close,
   * until `expiresAt` at the earliest.
   */
  take(namespace: string, key: string, expiresAt: Date): Promise<boolean>

  /** Drops what expired before `before`; answers how many. */
  prune(before: Date): Promise<number>
}
