/** Counts who is connected, so that nobody takes every place. */
export class Seats {
  readonly #perPerson: number
  readonly #total: number
  readonly #taken = new Map<string, number>()
  #all = 0

  constructor(perPerson: number, total: number) {
    this.#perPerson = perPerson
    this.#total = total
  }

  /** Takes a seat, or answers undefined where there is none; what it answers gives the seat back, once. */
  take(person: string): (() => void) | undefined {
    const own = this.#taken.get(person) ?? 0
    if (own >= this.#perPerson || this.#all >= this.#total) return undefined
    this.#taken.set(person, own + 1)
    this.#all++
    let held = true
    return () => {
      if (held) this.#leave(person)
      held = false
    }
  }

  #leave(person: string): void {
    this.#all--
    const left = (this.#taken.get(person) ?? 1) - 1
    if (left > 0) this.#taken.set(person, left)
    else this.#taken.delete(person)
  }
}
