import type { Arrival, ArrivalQuery, Shelf } from "@tabard/control"
import type { Clock, User } from "@tabard/core"

/** Topics of events that change nothing of how agents and findings stand: what an agent does, and who is signed in. */
const QUIET_TOPICS: ReadonlySet<string> = new Set(["approval", "call", "session", "task", "token"])

/** How long a count may be kept, for what becomes true by time alone, in milliseconds. */
const KEPT_MS = 30_000

/** How many are kept: one for whoever sees everything, and one a member. */
const MOST = 200

/** How many events are looked at before it is counted anew all the same. */
const LOOKED_AT = 1_000

interface Kept<Counts> {
  readonly counts: Promise<Counts>
  readonly at: number
  /** The last event that is known to have changed nothing of them. */
  behind: number
}

/**
 * Keeps what is dear to count while the record says that it still holds: the same page is open before many people, and
 * an agent that is busy changes nothing of it. What is asked for at once is counted once.
 */
export class StandingMemo<Counts> {
  readonly #shelf: Pick<Shelf, "snapshot">
  readonly #clock: Clock
  readonly #kept = new Map<string, Kept<Counts>>()

  constructor({ shelf, clock }: { readonly shelf: Pick<Shelf, "snapshot">; readonly clock: Clock }) {
    this.#shelf = shelf
    this.#clock = clock
  }

  /** Answers what holds for those who see the same, counting it where nothing kept does. */
  async of(seers: string, count: () => Promise<Counts>): Promise<Counts> {
    const kept = this.#kept.get(seers)
    if (kept && (await this.#holds(kept))) return kept.counts
    // Before the counting: what arrives meanwhile is looked at the next time.
    const [last] = await this.#arrivals({ newest: 1 })
    const other = this.#kept.get(seers)
    if (other && other !== kept && other.behind >= (last?.number ?? 0)) return other.counts
    return this.#keep(seers, { counts: count(), at: this.#now(), behind: last?.number ?? 0 })
  }

  async #keep(seers: string, kept: Kept<Counts>): Promise<Counts> {
    this.#kept.delete(seers)
    this.#kept.set(seers, kept)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest)
    try {
      return await kept.counts
    } catch (error) {
      if (this.#kept.get(seers) === kept) this.#kept.delete(seers)
      throw error
    }
  }

  async #holds(kept: Kept<Counts>): Promise<boolean> {
    if (this.#now() - kept.at >= KEPT_MS) return false
    const since = await this.#arrivals({ behind: kept.behind, limit: LOOKED_AT })
    if (since.length === LOOKED_AT || since.some(({ type }) => !isQuiet(type))) return false
    kept.behind = Math.max(kept.behind, since.at(-1)?.number ?? 0)
    return true
  }

  #arrivals(query: ArrivalQuery): Promise<readonly Arrival[]> {
    return this.#shelf.snapshot(({ outbox }) => outbox.arrivals(query))
  }

  #now(): number {
    return this.#clock.now().getTime()
  }
}

/** Answers by what those who see the same are counted for: everything, or what one member sees. */
export function seersOf({ id, role }: Pick<User, "id" | "role">): string {
  return role === "member" ? id : "everything"
}

function isQuiet(type: string): boolean {
  return QUIET_TOPICS.has(type.split(".", 1)[0] ?? "")
}
