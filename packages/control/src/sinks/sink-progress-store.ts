import type { Id } from "@tabard/core"

/** How a sink stands: it takes what comes, is tried again soon, or waits for a person to put something right. */
export type SinkStanding = "well" | "later" | "held"

/** How far a sink has come, and how it does. */
export interface SinkProgress {
  readonly sink: Id<"sink">
  /** Its cursor: the place of the next entry to carry. */
  readonly place: number
  /** The furthest that its cursor has ever been. */
  readonly reached: number
  /** Which entries the last checkpoint that was carried covers: those before this place. */
  readonly checkpoint: number
  readonly checkpointAt: Date | null
  readonly standing: SinkStanding
  /** How many tries in a row failed. */
  readonly failures: number
  /** Until when it is left alone. */
  readonly due: Date | null
  /** Why the last try failed, in words of ours. */
  readonly said: string | null
  /** Since when nothing was taken although it was tried; null where all is well. */
  readonly troubledSince: Date | null
  /** Whether the record tells of that trouble already. */
  readonly told: boolean
  readonly succeededAt: Date | null
  readonly failedAt: Date | null
}

/** A step of a cursor, under the fencing number of the lease on its sink. */
export interface SinkStep {
  readonly sink: Id<"sink">
  readonly from: number
  readonly to: number
  readonly fence: number
  readonly at: Date
  /** Whether the receiver took anything: a cursor also passes what the sink does not carry. */
  readonly carried: boolean
  /** The place up to which a checkpoint among it covers, if there was one. */
  readonly checkpoint?: number
}

/** What came of a try that failed. */
export interface SinkTrouble {
  readonly sink: Id<"sink">
  readonly fence: number
  readonly standing: "later" | "held"
  readonly at: Date
  readonly due: Date
  readonly said: string
  readonly told: boolean
}

/** How many entries were carried in some hours, and how many of them late. */
export interface SinkPace {
  readonly entries: number
  readonly late: number
}

/** Keeps how far sinks have come. Each sentence below is a test in sink-progress-store.contract.ts. */
export interface SinkProgressStore {
  /** Puts the cursor of a new sink at a place. Rejects where it has one. */
  begin(sink: Id<"sink">, place: number): Promise<void>

  /** Answers undefined where the sink has no cursor, or was removed. */
  find(sink: Id<"sink">): Promise<SinkProgress | undefined>

  /** Answers the progress of every sink that is not removed. */
  list(): Promise<readonly SinkProgress[]>

  /**
   * Moves a cursor that is still at `from`, where `fence` is the newest number of the lease on its sink; if anything was
   * carried, its troubles are over. Of any number of callers exactly one answers true.
   */
  step(step: SinkStep): Promise<boolean>

  /** Counts a failure and says until when the sink is left alone; answers false where `fence` is not the newest number. */
  trouble(trouble: SinkTrouble): Promise<boolean>

  /** Puts a cursor back to `to`, where it is at or behind it, and has it tried at once; answers from where, or undefined. */
  replay(sink: Id<"sink">, to: number): Promise<number | undefined>

  /** Has a sink tried at once. */
  wake(sink: Id<"sink">): Promise<void>

  /** Counts what was carried in the hour that began at this time. */
  count(sink: Id<"sink">, hour: Date, pace: SinkPace): Promise<void>

  /** Answers what was carried since an hour, by sink; one that carried nothing is not among them. */
  pace(since: Date): Promise<ReadonlyMap<Id<"sink">, SinkPace>>

  /** Forgets a sink's cursor and counts. */
  forget(sink: Id<"sink">): Promise<void>

  /** Forgets what was counted of hours before this one; answers how many. */
  prune(before: Date): Promise<number>
}

/** Answers the job whose lease lets one process at a time carry for a sink. */
export function sinkLease(sink: Id<"sink">): string {
  return `export ${sink}`
}
