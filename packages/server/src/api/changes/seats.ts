/** Counts who is connected, so that nobody takes every place. */
export class Seats {
  readonly #perPrincipal: number
  readonly #total: number
  readonly #taken = new Map<string, number>()
  #all = 0

  constructor(perPrincipal: number, total: number) {
    this.#perPrincipal = perPrincipal
    this.#total = total
  }

  /** Takes a seat, or answers undefined where there is none; what it answers gives the seat back, once. */
  take(principal: string): (() => void) | undefined {
    const own = this.#taken.get(principal) ?? 0
    if (own >= this.#perPrincipal || this.#all >= this.#total) return undefined
    this.#taken.set(principal, own + 1)
    this.#all++
    let held = true
    return () => {
      if (held) this.#leave(principal)
      held = false
    }
  }

  #leave(principal: string): void {
    this.#all--
    const left = (this.#taken.get(principal) ?? 1) - 1
    if (left > 0) this.#taken.set(principal, left)
    else this.#taken.delete(principal)
  }
}
