import type { Clock } from "@tabard/core"
import type { Snapshot, Transaction } from "../../transaction.ts"
import type { LogFault } from "./log-fault-store.ts"

/** How the record stands, as the store tells it. */
export interface RecordStanding {
  /** When the oldest event happened that no checkpoint covers; null where each is covered. */
  readonly waitingSince: Date | null
  readonly fault: LogFault | null
}

/** Why nothing of consequence is done now, in words for whoever asked. */
export interface RecordStop {
  readonly words: string
  /** Whether what only reads stops too. */
  readonly all: boolean
}

/** What is asked before anything of consequence is done. */
export interface RecordGate {
  /** Answers why it must not be done now, or undefined where the record is kept. */
  stop(): Promise<RecordStop | undefined>
}

export interface RecordWatchDeps {
  readonly snapshot: Snapshot<RecordStores>
  readonly clock: Clock
  /** How long an event may wait for its checkpoint. */
  readonly patienceMs: number
  /** Whether what only reads stops as well. */
  readonly required: "all" | "consequential"
}

type RecordStores = "logFaults" | "logState" | "outbox"

/** How long what was seen is good for. */
const MEMO_MS = 1000

/**
 * What waits is late only once it was seen to wait so long: a process that starts after a night finds yesterday's events,
 * and the publisher has a moment to bring them in.
 */
const SEEN_MS = 5000

/**
 * Watches whether what happens reaches the log: by the store alone, so that a gateway knows it of a publisher that runs
 * elsewhere. What cannot be known is no record.
 */
export class RecordWatch implements RecordGate {
  readonly #deps: RecordWatchDeps
  #seen: { readonly at: number; readonly stop: Promise<RecordStop | undefined> } | undefined
  #oldest: { readonly event: number; readonly since: number } | undefined

  constructor(deps: RecordWatchDeps) {
    this.#deps = deps
  }

  stop(): Promise<RecordStop | undefined> {
    const now = this.#deps.clock.now().getTime()
    if (this.#seen && now >= this.#seen.at && now - this.#seen.at < MEMO_MS) return this.#seen.stop
    return this.look()
  }

  /** Looks anew, and answers as `stop` does. A clock that calls this each second makes every answer one from memory. */
  look(): Promise<RecordStop | undefined> {
    const now = this.#deps.clock.now()
    const stop = this.#judge(now)
    this.#seen = { at: now.getTime(), stop }
    return stop
  }

  async #judge(now: Date): Promise<RecordStop | undefined> {
    const standing = await this.#standing()
    const why = standing ? this.#why(standing, now.getTime()) : "it cannot be read"
    if (why === undefined) return undefined
    const words = `the record cannot be kept: ${why}. Nothing was done; tell whoever runs Tabard, and try again later`
    return { words, all: this.#deps.required === "all" }
  }

  async #standing(): Promise<RecordStanding | undefined> {
    try {
      return await this.#deps.snapshot(recordStanding)
    } catch {
      return undefined
    }
  }

  #why({ waitingSince, fault }: RecordStanding, now: number): string | undefined {
    this.#keepOldest(waitingSince, now)
    if (fault?.kind === "tampered") return "what is published is not what was recorded"
    return this.#isLate(now) ? "events wait for the log too long" : undefined
  }

  #keepOldest(waitingSince: Date | null, now: number): void {
    const event = waitingSince?.getTime()
    if (event === undefined) this.#oldest = undefined
    // One that is as late takes the place of what was brought in: what waits is late all the while.
    else this.#oldest = { event, since: this.#isSeen(event, now) ? (this.#oldest?.since ?? now) : now }
  }

  #isSeen(event: number, now: number): boolean {
    return this.#oldest?.event === event || now - event > this.#deps.patienceMs
  }

  #isLate(now: number): boolean {
    if (!this.#oldest) return false
    const { event, since } = this.#oldest
    return now - event > this.#deps.patienceMs && now - since >= SEEN_MS
  }
}

/** Answers how the record stands. */
export async function recordStanding({
  logFaults,
  logState,
  outbox,
}: Pick<Transaction, RecordStores>): Promise<RecordStanding> {
  const published = (await logState.find())?.published ?? 0
  return {
    waitingSince: (await outbox.waitingSince(published)) ?? null,
    fault: (await logFaults.find()) ?? null,
  }
}
