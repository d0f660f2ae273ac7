import type { Id } from "@tabard/core"

/** An item that a receiver refused by itself, and why: it waits for a person. */
export interface DeadLetter {
  readonly id: Id<"deadLetter">
  readonly sink: Id<"sink">
  /** The item's key, which is the same however often it is carried. */
  readonly key: string
  readonly type: string
  /** The place of the entry; for a checkpoint, the place up to which it covers. */
  readonly place: number
  /** The checkpoint itself, which the record does not hold as an entry. */
  readonly note: string | null
  readonly reason: string
  readonly at: Date
  /** How often it was refused. */
  readonly tries: number
  /** Whether a person wants it tried again. */
  readonly again: boolean
}

/** An item as it was refused. */
export type Refusal = Omit<DeadLetter, "tries" | "again">

/** Keeps dead letters. Each sentence below is a test in dead-letter-store.contract.ts. */
export interface DeadLetterStore {
  /** Keeps what was refused; what was refused before under its key is counted once more, and waits for a person again. */
  keep(refusals: readonly Refusal[]): Promise<void>

  /** Answers a sink's letters, the newest first, behind `after`. */
  list(query: { sink: Id<"sink">; after?: Id<"deadLetter">; limit: number }): Promise<readonly DeadLetter[]>

  /** Answers how many letters each sink has; one that has none is not among them. */
  count(): Promise<ReadonlyMap<Id<"sink">, number>>

  /** Has letters tried again, those named or all of the sink; answers how many were not to be already. */
  askAgain(sink: Id<"sink">, which: readonly Id<"deadLetter">[] | "all"): Promise<number>

  /** Answers letters that are to be tried again, in the order of the record. */
  waiting(sink: Id<"sink">, limit: number): Promise<readonly DeadLetter[]>

  /** Answers the sinks that have letters to be tried again. */
  sinksWaiting(): Promise<readonly Id<"sink">[]>

  /** Forgets the letters of a sink whose items were taken after all. */
  settle(sink: Id<"sink">, keys: readonly string[]): Promise<void>

  /** Forgets every letter of a sink. */
  forget(sink: Id<"sink">): Promise<void>
}
