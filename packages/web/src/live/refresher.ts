import { matchQuery, type Query, type QueryClient } from "@tanstack/react-query"
import { AWAITED, EVERYTHING, type Key, SETTLING } from "../data/touched.ts"

/** What a refresher is told of its surroundings. */
export interface Surroundings {
  readonly now: () => number
  /** 0 up to 1: where between the soonest and the latest this console asks. */
  readonly chance: () => number
  /** Whether anybody sees the page; where nobody does, asking waits until somebody does. */
  readonly isSeen: () => boolean
}

/** How a kind of answer is asked for again, in milliseconds. */
interface Pace {
  /** The latest that the first change is followed by a question; each console takes its own moment before that. */
  readonly within: number
  /** The least time between two questions that changes bring about. */
  readonly apart: number
}

const AT_ONCE: Pace = { within: 250, apart: 1_000 }
const CALM: Pace = { within: 900, apart: 4_000 }

/** Of many pages: each time costs a request a page. */
const LONG: Pace = { within: 3_000, apart: 30_000 }

/** How much later than its pace a console may ask, so that many of them do not ask in chorus. */
const SPREAD = 0.5

/** When what follows an event has come: its place in the log, a notification. */
const SETTLED_MS = 3_000

/** How soon is looked again at an answer that was still on its way when its turn came. */
const LOOK_AGAIN_MS = 250

/**
 * Asks again for exactly what changes touched: what is shown, soon and then at most every few seconds; what is not
 * shown, when it is shown next. An answer that is on its way is waited for, and asked for once more.
 */
export class Refresher implements Disposable {
  readonly #cache: QueryClient
  readonly #around: Surroundings
  /** When each answer, by its hash, is asked for again. */
  readonly #due = new Map<string, number>()
  readonly #settled = new Map<string, number>()
  /** When each was last asked for again because of a change. */
  readonly #asked = new Map<string, number>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(cache: QueryClient, around: Surroundings) {
    this.#cache = cache
    this.#around = around
  }

  /** Takes note of what was touched. */
  touch(touched: readonly Key[]): void {
    for (const queryKey of touched) {
      void this.#cache.invalidateQueries({ queryKey, type: "inactive", refetchType: "none" })
      for (const query of this.#shown(queryKey)) this.#expect(query)
    }
    this.#wait()
  }

  /** Takes note that anything may have changed. */
  touchEverything(): void {
    this.touch([EVERYTHING])
  }

  /** Goes on where somebody looks at the page again. */
  look(): void {
    this.#ask()
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    this.#due.clear()
    this.#settled.clear()
  }

  #shown(queryKey: Key): Query[] {
    return this.#cache
      .getQueryCache()
      .findAll({ queryKey, type: "active" })
      .filter((query) => !query.isDisabled())
  }

  #expect(query: Query): void {
    const now = this.#around.now()
    if (is(query, SETTLING)) this.#settled.set(query.queryHash, now + SETTLED_MS)
    if (this.#due.has(query.queryHash)) return
    const { within, apart } = paceOf(query)
    const chance = this.#around.chance()
    const paced = (this.#asked.get(query.queryHash) ?? 0) + apart * (1 + SPREAD * chance)
    this.#due.set(query.queryHash, Math.max(now + within * chance, paced))
  }

  #wait(): void {
    clearTimeout(this.#timer)
    const next = Math.min(...this.#due.values(), ...this.#settled.values())
    if (!Number.isFinite(next)) return
    this.#timer = setTimeout(() => this.#ask(), Math.max(LOOK_AGAIN_MS / 5, next - this.#around.now()))
  }

  #ask(): void {
    if (!this.#around.isSeen()) return
    const now = this.#around.now()
    for (const due of [this.#due, this.#settled]) {
      for (const [hash, at] of due) if (at <= now) this.#askFor(due, hash)
    }
    this.#wait()
  }

  #askFor(due: Map<string, number>, hash: string): void {
    const query = this.#cache.getQueryCache().get(hash)
    if (query?.state.fetchStatus === "fetching") {
      due.set(hash, this.#around.now() + LOOK_AGAIN_MS)
      return
    }
    due.delete(hash)
    if (!query) return
    this.#asked.set(hash, this.#around.now())
    void this.#cache.invalidateQueries({ predicate: (one) => one === query })
  }
}

function paceOf(query: Query): Pace {
  if (is(query, AWAITED)) return AT_ONCE
  return pagesOf(query.state.data) > 1 ? LONG : CALM
}

function pagesOf(data: unknown): number {
  return typeof data === "object" && data !== null && "pages" in data && Array.isArray(data.pages)
    ? data.pages.length
    : 1
}

function is(query: Query, keys: readonly Key[]): boolean {
  return keys.some((queryKey) => matchQuery({ queryKey }, query))
}
