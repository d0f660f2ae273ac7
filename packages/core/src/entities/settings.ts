/** What an organisation has settled for itself. */
export interface Settings {
  /** How many days a discovered agent may go without anybody taking it up before it counts as *shadow*. */
  readonly graceDays: number
  /** How many days before an agent is suspended by time alone its people are warned, the earliest first. */
  readonly warnDays: readonly number[]
  /** After how many days without a token and a call an agent is suspended. */
  readonly idleDays: number
  /** How many days after its owner left an agent that nobody took over is suspended. */
  readonly leaverGraceDays: number
  /** How many agents a chain of delegation may hold, whoever acts included. */
  readonly delegationDepth: number
  /** Whether what an agent may do is widened by somebody other than its owner alone. */
  readonly widenedByAnother: boolean
}

/** What holds where an organisation has settled nothing. */
export const DEFAULT_SETTINGS: Settings = {
  graceDays: 14,
  warnDays: [14, 7, 1],
  idleDays: 90,
  leaverGraceDays: 14,
  delegationDepth: 3,
  widenedByAnother: false,
}

/** Between which whole numbers something may be settled. */
export interface Bounds {
  readonly min: number
  readonly max: number
}

/** The bounds of the grace period, in days. */
export const GRACE_DAYS: Bounds = { min: 1, max: 365 }

/** The bounds of each warning, in days before the end. */
export const WARN_DAYS: Bounds = { min: 1, max: 90 }

/** The most warnings of one end. */
export const MOST_WARNINGS = 5

/** The bounds of inactivity, in days. */
export const IDLE_DAYS: Bounds = { min: 7, max: 730 }

/** The bounds of how long a leaver's agents wait for somebody; 0 is not at all. */
export const LEAVER_GRACE_DAYS: Bounds = { min: 0, max: 365 }

/** The bounds of a chain of delegation, in agents; in one of one nothing is delegated. */
export const DELEGATION_DEPTH: Bounds = { min: 1, max: 8 }
