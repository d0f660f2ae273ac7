import { UpstreamFault } from "./upstream-fault.ts"
import type { UpstreamLimits } from "./upstream-limits.ts"
import type { Progress, UpstreamReply } from "./upstream-message.ts"

/** Whoever waits for one reply. */
export interface Waiting {
  readonly reply: Promise<UpstreamReply>
  /** Ends the wait; of several ends the first one counts. */
  readonly fail: (fault: UpstreamFault) => void
}

interface Entry {
  resolve(reply: UpstreamReply): void
  reject(fault: UpstreamFault): void
  progressed(progress: Progress): void
  readonly idle: NodeJS.Timeout
  readonly total: NodeJS.Timeout
}

/** The requests that an upstream owes an answer: each is answered once, or ends in time. */
export class PendingRequests {
  readonly #entries = new Map<string, Entry>()
  readonly #limits: UpstreamLimits

  constructor(limits: UpstreamLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#entries.size
  }

  /** Begins to wait for the reply to `id`, through silences of at most `idleMs`. */
  expect(id: string, idleMs: number, progressed: (progress: Progress) => void): Waiting {
    const { promise, resolve, reject } = Promise.withResolvers<UpstreamReply>()
    // A fault may come before anybody looks at the reply; it is still told to whoever looks.
    promise.catch(() => undefined)
    const late = (): void => this.#fail(id, new UpstreamFault("it did not answer in time", true))
    const idle = setTimeout(late, idleMs)
    const total = setTimeout(late, this.#limits.callMs)
    this.#entries.set(id, { resolve, reject, progressed, idle, total })
    return { reply: promise, fail: (fault) => this.#fail(id, fault) }
  }

  /** Hands a reply to whoever waits for it; answers false where nobody does: an unknown id, or a second answer. */
  settle(id: string, reply: UpstreamReply): boolean {
    const entry = this.#take(id)
    entry?.resolve(reply)
    return entry !== undefined
  }

  /** Hands progress to whoever waits; answers false where nobody does. */
  progress(id: string, progress: Progress): boolean {
    const entry = this.#entries.get(id)
    entry?.idle.refresh()
    entry?.progressed(progress)
    return entry !== undefined
  }

  /** Ends every wait: no answer will come any more. */
  failAll(why: string): void {
    for (const id of this.#entries.keys()) this.#fail(id, new UpstreamFault(why, true))
  }

  #fail(id: string, fault: UpstreamFault): void {
    this.#take(id)?.reject(fault)
  }

  #take(id: string): Entry | undefined {
    const entry = this.#entries.get(id)
    if (!entry) return undefined
    this.#entries.delete(id)
    clearTimeout(entry.idle)
    clearTimeout(entry.total)
    return entry
  }
}
