import type { Clock } from "@tabard/core"
import type { Snapshot } from "../transaction.ts"

/** How often it is looked, at most: one small reading for however many questions come meanwhile. */
const LOOK_MS = 100

/** What watching needs. */
export interface VersionWatchDeps {
  readonly snapshot: Snapshot<"organisation">
  readonly clock: Clock
  /** Has what is known read anew. */
  readonly forget: () => void
}

/**
 * Looks, while somebody asks, whether another process has changed what decisions are made from. What is known counts for half a
 * second whatever comes of it: this has it forgotten sooner, and never keeps it longer.
 */
export class VersionWatch {
  readonly #deps: VersionWatchDeps
  #seen: number | undefined
  #lookedAt: number | undefined
  #looking: Promise<void> | undefined

  constructor(deps: VersionWatchDeps) {
    this.#deps = deps
  }

  /** Looks, unless that was done a moment ago, and lets nobody wait; answers what is under way, for whoever wants to. */
  look(): Promise<void> | undefined {
    const now = this.#deps.clock.now().getTime()
    const lookedAt = this.#lookedAt
    // A clock that was set back makes nothing last.
    if (this.#looking || (lookedAt !== undefined && now >= lookedAt && now < lookedAt + LOOK_MS))
      return this.#looking
    this.#lookedAt = now
    this.#looking = this.#read().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async #read(): Promise<void> {
    try {
      const version = await this.#deps.snapshot(({ organisation }) => organisation.version())
      if (version !== this.#seen) this.#deps.forget()
      this.#seen = version
    } catch {
      // Who then has to read is told that it cannot be done.
      this.#deps.forget()
    }
  }
}
