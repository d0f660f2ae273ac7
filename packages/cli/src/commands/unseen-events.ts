import { isJsonObject, type JsonObject } from "@tabard/core"

/** How much is looked through for what is new, at most. */
const PAGE = 100
const MOST_PAGES = 20
/** Events of transactions that took longer may come in below newer ones; this far down they are still found. */
const REMEMBERED = 10_000

/** Asks for a page of events, newest first. */
export type AskEvents = (query: URLSearchParams) => Promise<JsonObject>

/** Reads the newest events of the record, each of them once. */
export class UnseenEvents {
  readonly #ask: AskEvents
  readonly #seen = new Set<string>()

  constructor(ask: AskEvents) {
    this.#ask = ask
  }

  /** Answers the newest `count`, the newest last. */
  async newest(count: number): Promise<readonly JsonObject[]> {
    const { items } = await this.#page(count)
    return this.#unseen(items)
  }

  /** Answers what has come since, the newest last, and whether that is all. */
  async since(): Promise<{ readonly events: readonly JsonObject[]; readonly isAll: boolean }> {
    const fresh: JsonObject[] = []
    let after: string | undefined
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const { items, next } = await this.#page(PAGE, after)
      const unseen = this.#unseen(items)
      fresh.unshift(...unseen)
      after = next
      // A page with something known on it reaches back to what was told before.
      if (unseen.length < items.length || after === undefined) return { events: fresh, isAll: true }
    }
    return { events: fresh, isAll: false }
  }

  async #page(
    limit: number,
    after?: string,
  ): Promise<{ items: readonly JsonObject[]; next: string | undefined }> {
    const query = new URLSearchParams({ limit: String(limit), ...(after !== undefined && { after }) })
    const { items, next } = await this.#ask(query)
    const events = Array.isArray(items) ? items.filter((item) => isJsonObject(item)) : []
    return { items: events, next: typeof next === "string" ? next : undefined }
  }

  /** Answers those not answered before, the newest last. */
  #unseen(items: readonly JsonObject[]): readonly JsonObject[] {
    const unseen = items.filter(({ id }) => typeof id === "string" && !this.#seen.has(id)).toReversed()
    for (const { id } of unseen) if (typeof id === "string") this.#seen.add(id)
    for (const id of this.#seen) {
      if (this.#seen.size <= REMEMBERED) break
      this.#seen.delete(id)
    }
    return unseen
  }
}
