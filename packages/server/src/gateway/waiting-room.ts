import type { Id } from "@tabard/core"

/** Bounds how many calls wait for people at once: an agent that asks without end holds nothing that others need. */
export class WaitingRoom {
  readonly #perAgent: number
  readonly #inAll: number
  readonly #waiting = new Map<Id<"agent">, number>()
  #all = 0

  constructor(limits: { perAgent: number; inAll: number }) {
    this.#perAgent = limits.perAgent
    this.#inAll = limits.inAll
  }

  /** Answers a place that is given back when disposed, or undefined where there is none left. */
  enter(agent: Id<"agent">): Disposable | undefined {
    const held = this.#waiting.get(agent) ?? 0
    if (held >= this.#perAgent || this.#all >= this.#inAll) return undefined
    this.#waiting.set(agent, held + 1)
    this.#all++
    return { [Symbol.dispose]: () => this.#leave(agent) }
  }

  #leave(agent: Id<"agent">): void {
    const left = (this.#waiting.get(agent) ?? 1) - 1
    if (left === 0) this.#waiting.delete(agent)
    else this.#waiting.set(agent, left)
    this.#all--
  }
}
