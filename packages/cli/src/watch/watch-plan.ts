import { Problem } from "@tabard/core"

/** What an operating system is to run for good, in the person's own name. */
export interface WatchJob {
  /** The program and its first arguments, each an absolute path. */
  readonly program: readonly [string, ...string[]]
  /** What follows them. */
  readonly args: readonly string[]
  readonly everyMs: number
  /** The home directory of the person who is watched. */
  readonly home: string
  /** Where the person's keys and settings are; the one place that the job may write. */
  readonly settings: string
  /** The variables that say where clients and settings are. */
  readonly environment: Readonly<Record<string, string>>
  /** The person's number, where the system has one. */
  readonly uid: number
}

/** One file of a plan, as it is written. */
export interface PlannedFile {
  readonly path: string
  readonly text: string
  readonly encoding: "utf8" | "utf16le"
}

/** A program and its arguments, run as they are, without a shell. */
export type PlannedCommand = readonly [string, ...string[]]

/** What is written and run so that the watch begins, and so that it ends. */
export interface WatchPlan {
  readonly files: readonly PlannedFile[]
  readonly begin: readonly PlannedCommand[]
  readonly end: readonly PlannedCommand[]
  /** What is run once the files are gone. */
  readonly forget: readonly PlannedCommand[]
}

/**
 * Answers every text of a job that a format is to hold, where it can hold them.
 *
 * @throws {Problem} body_invalid
 */
export function assertSpeakable(job: WatchJob, forbidden: RegExp): void {
  const texts = [...job.program, ...job.args, job.home, job.settings, ...Object.values(job.environment)]
  const odd = texts.find((text) => forbidden.test(text))
  if (odd === undefined) return
  throw new Problem(
    "body_invalid",
    `${JSON.stringify(odd)} has a character that this system's schedule cannot hold; rename it, or run tabard scan --every yourself`,
  )
}
