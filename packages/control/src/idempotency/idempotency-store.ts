/** Which write it is: one principal's, under a key of their choice. */
export interface WriteKey {
  /** The id of the person or of the API token that asks. */
  readonly principal: string
  readonly key: string
}

/** One attempt at a write; of two at once only the one that holds the key may act. */
export interface WriteAttempt extends WriteKey {
  /** The hash of what is asked. */
  readonly request: string
  /** Names this attempt, and no other. */
  readonly run: string
  readonly startedAt: Date
}

/** How far a write has come: begun, done without an answer that was kept, or answered. */
export type WriteState =
  | { readonly kind: "started" }
  | { readonly kind: "acted" }
  | { readonly kind: "answered"; readonly answer: string }

/** When a key may be taken again. */
export interface Retaking {
  /** Any key that was taken before this. */
  readonly keptSince: Date
  /** A key under which nothing was done, taken before this: whoever took it is gone. */
  readonly aliveSince: Date
}

/** Keeps which writes were asked under a key. Each sentence below is a test in idempotency-store.contract.ts. */
export interface IdempotencyStore {
  /** Takes a key that is free or may be taken again: of any number of takers exactly one answers true. */
  begin(attempt: WriteAttempt, retaking: Retaking): Promise<boolean>

  /** Answers who holds a key, and how far the write has come; undefined where nobody does. */
  find(key: WriteKey): Promise<(WriteAttempt & { readonly state: WriteState }) | undefined>

  /** Says that a write of this run is being done, in its own transaction; false where the run holds the key no more. */
  act(key: WriteKey, run: string): Promise<boolean>

  /** Keeps the answer of a run that holds its key. */
  answer(key: WriteKey, run: string, answer: string): Promise<void>

  /** Frees the key of a run that has done nothing; after it has, it changes nothing. */
  release(key: WriteKey, run: string): Promise<void>

  /** Answers how many keys a principal holds. */
  count(principal: string): Promise<number>

  /** Drops keys that were taken before; answers how many. */
  prune(before: Date): Promise<number>
}
