import type { Id } from "@tabard/core"

/** How long the record is kept, as an administrator settled it. */
export interface Retention {
  /** After how many months an entry may go; null keeps all of it for ever. */
  readonly months: number | null
  readonly reason: string
  readonly setBy: Id<"user">
  readonly setAt: Date
}

/** How far one log was pruned, in indexes of its own. */
export interface Pruning {
  /** Which of the organisation's logs. */
  readonly generation: number
  /** Its minimum index (C2SP tlog-tiles): what ends at or below it may be gone. */
  readonly minimum: number
  /** Up to where files and rows are gone indeed. */
  readonly cleared: number
  /** When the minimum index was raised last. */
  readonly raisedAt: Date
}

/** Keeps how long the record is kept, and takes from it what is over. Each sentence is a test in retention-store.contract.ts. */
export interface RetentionStore {
  /** Answers undefined where nobody has settled it: then nothing is pruned. */
  find(): Promise<Retention | undefined>

  /** Keeps this in the place of what was settled before. */
  put(retention: Retention): Promise<void>

  /** Answers how far each log was pruned, the oldest first; a log that was not is not among them. */
  prunings(): Promise<readonly Pruning[]>

  /**
   * Raises the minimum index of a log that is still at `from`, which is 0 before the first time. Of any number of callers
   * exactly one answers true. Rejects where `to` is not above `from`.
   */
  raise(
    generation: number,
    step: { readonly from: number; readonly to: number; readonly at: Date },
  ): Promise<boolean>

  /** Says that everything up to this index is gone. Answers false, and changes nothing, where it is not above what was, or above the minimum. */
  clear(generation: number, to: number): Promise<boolean>

  /** Answers the first place from `from` up to, not including, `to` whose event is of this time or later. */
  firstSince(time: Date, from: number, to: number): Promise<number | undefined>

  /** Forgets the events at places `from` up to, not including, `to`, and every value that they commit to. */
  forget(from: number, to: number): Promise<void>
}
