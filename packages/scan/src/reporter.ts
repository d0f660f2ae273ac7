import type { Observation } from "./configurations/observation.ts"

/** How far a scan has come, for a progress bar. */
export interface ScanProgress {
  readonly filesSeen: number
  readonly filesRead: number
  /** The folder or file that is being read. */
  readonly place: string
}

/** Where a scan says what it saw, what it could not see, and how far it is. */
export interface ScanReporter {
  /** One configuration was read; it holds no secret any more. */
  observed(observation: Observation): void
  /** One place could not be read. The scan goes on, and says so at its end. */
  unreadable(path: string, reason: string): void
  progress(progress: ScanProgress): void
}

/** Listens to nothing; the report says it all at the end. */
export const silentReporter: ScanReporter = {
  observed() {},
  unreadable() {},
  progress() {},
}
