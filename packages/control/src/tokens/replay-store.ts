/** Something that may be used once: the id of an assertion, of a proof, of another issuer's token. */
export interface SingleUse {
  /** Says what kind of id it is, so that ids of two kinds are never taken for one. */
  readonly namespace: string
  readonly key: string
  /** Until when it could be presented again. */
  readonly expiresAt: Date
}

/** Keeps what may be used once: proof ids, assertion ids. Each sentence below is a test in replay-store.contract.ts. */
export interface ReplayStore {
  /**
   * Answers true to the first who names this key in this namespace, and false to everybody after, however close,
   * until `expiresAt` at the earliest.
   */
  take(namespace: string, key: string, expiresAt: Date): Promise<boolean>

  /** Takes each of these as `take` does; answers the first of them that was taken before, or undefined where none was. */
  takeAll(uses: readonly SingleUse[]): Promise<SingleUse | undefined>

  /** Drops what expired before `before`; answers how many. */
  prune(before: Date): Promise<number>
}
