/** The job whose lease guards the log: only under its newest fencing number may the log's state be moved. */
export const LOG_LEASE = "log"

/**
 * How far the record has come, in places: sequenced ≥ integrated ≥ published ≥ base. The size of the newest log is
 * how far it has come beyond its base.
 */
export interface LogState {
  /** Which of the organisation's logs grows: 1, 2, 3 and so on. */
  readonly generation: number
  /** The place of its first entry. */
  readonly base: number
  /** Its origin (C2SP tlog-checkpoint). */
  readonly origin: string
  /** The next free place: how many events have one. */
  readonly sequenced: number
  /** The first place that no tile holds. */
  readonly integrated: number
  /** Root over its integrated entries, base64. */
  readonly root: string
  /** The first place that no checkpoint covers. */
  readonly published: number
  /** Its last checkpoint note, or null before the first. */
  readonly checkpoint: string | null
}

/** Keeps how far the log has come. Each sentence below is a test in log-state-store.contract.ts. */
export interface LogStateStore {
  /** Answers the state, or undefined before the first event was given a place. */
  find(): Promise<LogState | undefined>

  /** Answers the state, made as given where there is none yet. */
  ensure(initial: LogState): Promise<LogState>

  /**
   * Replaces the state where it still is exactly `from` and `fence` is the newest number of the LOG_LEASE job. Of
   * any number of callers with the same `from` exactly one answers true: this is what keeps a log from forking. Answers
   * false where `to` is of another log.
   */
  advance(from: LogState, to: LogState, fence: number): Promise<boolean>

  /** As `advance`, to the beginning of the next log. Answers false where `to` is not of the next. */
  rotate(from: LogState, to: LogState, fence: number): Promise<boolean>
}
