/** A checkpoint that was signed, as it is kept after the next one took its place. */
export interface LogCheckpoint {
  /** Which of the organisation's logs it is of. */
  readonly generation: number
  /** How many entries of that log it covers. */
  readonly size: number
  /** Root over them, base64. */
  readonly root: string
  /** The signed note, with the cosignatures that came so far. */
  readonly note: string
  readonly publishedAt: Date
  /** Since when the note carries the cosignatures that the trust policy asks for; null while it does not. */
  readonly cosignedAt: Date | null
}

/** Keeps the checkpoints that were signed. Each sentence below is a test in log-checkpoint-store.contract.ts. */
export interface LogCheckpointStore {
  /**
   * Keeps a checkpoint that covers more than every one before it of its log. Answers false, and changes nothing, where
   * one of this size or a larger one is kept already: of two histories of one size the second is never kept.
   *
   * Of those that are neither the newest nor the newest that is cosigned, the first of each hour stays, and the first
   * cosigned of each hour; the others are dropped.
   */
  add(checkpoint: LogCheckpoint): Promise<boolean>

  /** Answers the checkpoint of this size of a log, or undefined. */
  find(generation: number, size: number): Promise<LogCheckpoint | undefined>

  /** Answers the newest checkpoint of the newest log, or of one log. */
  newest(generation?: number): Promise<LogCheckpoint | undefined>

  /** Answers the newest checkpoint that is cosigned, of the newest log that has one. */
  newestCosigned(): Promise<LogCheckpoint | undefined>

  /** Answers the checkpoints of a log, the newest first, those below a size where one is named; the limit is 1 to 1,000. */
  list(
    generation: number,
    page: { readonly below?: number; readonly limit: number },
  ): Promise<readonly LogCheckpoint[]>

  /** Puts a note with more cosignatures in the place of the one that was seen; answers false where another is kept by now. */
  cosign(seen: LogCheckpoint, note: string, cosignedAt: Date | null): Promise<boolean>
}
