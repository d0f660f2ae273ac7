/** The job whose lease guards the log: only under its newest fencing number may the log's state be moved. */
export const LOG_LEASE = "log"

/** How far one log has come. Sequenced ≥ integrated ≥ published. */
export interface LogState {
  /** The log's origin (C2SP tlog-checkpoint). */
  readonly origin: string
  /** The next free place: how many events have one. */
  readonly sequenced: number
  /** How many entries the tiles hold. */
  readonly integrated: number
  /** Root over the integrated entries, base64. */
  readonly root: string
  /** The size of the last published checkpoint. */
  readonly published: number
  /** The last published checkpoint note, or null before the first. */
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
   * any number of callers with the same `from` exactly one answers true: this is what keeps a log from forking.
   */
  advance(from: LogState, to: LogState, fence: number): Promise<boolean>
}
