import type { Id } from "@tabard/core"

/** One of the logs of an organisation, which follow each other: a place of the record is in exactly one of them. */
export interface LogGeneration {
  /** 1, 2, 3 and so on. */
  readonly number: number
  readonly origin: string
  /** The place of its first entry: index in the log = place − base. */
  readonly base: number
  /** What verifies its checkpoints (C2SP signed-note vkey). */
  readonly verifierKey: string
  readonly startedAt: Date
  /** Its last checkpoint, to which nothing is added any more; null while it is the newest. */
  readonly ended: { readonly at: Date; readonly checkpoint: string | null } | null
}

/** What an administrator asked for: a new log after the one that goes on now. */
export interface LogRotation {
  readonly askedBy: Id<"user">
  readonly via: Id<"apiToken"> | null
  readonly reason: string
  /** Whether the old log is left as it was found although it holds more than the database knows. */
  readonly abandon: boolean
  readonly askedAt: Date
}

/** Keeps an organisation's logs. Each sentence below is a test in log-generation-store.contract.ts. */
export interface LogGenerationStore {
  /** Keeps the first log where none is kept yet; answers it, whoever kept it. */
  ensureFirst(first: LogGeneration): Promise<LogGeneration>

  /** Answers every log, the newest first. */
  list(): Promise<readonly LogGeneration[]>

  /** Answers the log that holds a place, or undefined where none does. */
  holding(place: number): Promise<LogGeneration | undefined>

  /** Ends the newest log with its last checkpoint and keeps the next. Rejects where `next` does not follow the newest. */
  follow(next: LogGeneration, lastCheckpoint: string | null): Promise<void>

  /** Answers up to which index of a log the partial tiles are collected; 0 at first. */
  collected(number: number): Promise<number>

  /** Says up to which index of a log the partial tiles are collected. It is never lowered. */
  collect(number: number, upTo: number): Promise<void>

  /**
   * Keeps the wish for a new log. Answers false, and changes nothing, where another wish waits; but one that abandons the
   * old log takes the place of one that does not, which may never be fulfilled.
   */
  ask(rotation: LogRotation): Promise<boolean>

  /** Answers the wish that waits, or undefined. */
  asked(): Promise<LogRotation | undefined>

  /** Drops the wish that waits. */
  settle(): Promise<void>
}
