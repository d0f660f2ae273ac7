import type { Id } from "@tabard/core"

/** What one count is kept under. */
export interface CountKey {
  /** Whose limit it is: an agent's, a task's or a user's id. */
  readonly subject: string
  /** The budget's name. */
  readonly budget: string
  /** When the window began, or which task it lasts with. */
  readonly window: string
}

/** What a call wants of one count. */
export interface Wanted extends CountKey {
  /** Calls, or ten-thousandths of a currency. */
  readonly amount: number
  /** What all calls together may reserve. */
  readonly atMost: number
  /** When nothing more can be reserved in this window. */
  readonly endsAt: Date
}

/** How a call ended for what it had reserved. What nobody settles stays reserved until its window ends. */
export type Settlement = "spent" | "returned"

/** Keeps what is used of each budget. Each sentence below is a test in budget-store.contract.ts. */
export interface BudgetStore {
  /** Answers the time by which windows begin and end: the database's on PostgreSQL, so that replicas agree; elsewhere `now`. */
  time(now: Date): Promise<Date>

  /**
   * Reserves for a call. Of any number of calls at once, as many answer true as fit into `atMost` together; another answers
   * false and changes nothing. The same call asked again answers true and reserves nothing more, unless what it had was returned.
   */
  reserve(call: Id<"call">, wanted: Wanted): Promise<boolean>

  /** Answers what is used of each of these counts, in their order, without what this call itself has reserved. */
  used(counts: readonly CountKey[], call?: Id<"call">): Promise<readonly number[]>

  /** Settles all that a call has reserved, once: `returned` may be reserved by others again. Answers how much was settled. */
  settle(call: Id<"call">, how: Settlement): Promise<number>

  /** Drops counts whose window ended before `before`, with what was reserved of them; answers how many counts. */
  prune(before: Date): Promise<number>
}
