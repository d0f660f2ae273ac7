/** Holds a secret so that printing, logging or serialising it says nothing. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The one way to the value; search for its callers to see where secrets go. */
  reveal(): string {
    return this.#value
  }

  toJSON(): string {
    return "[secret]"
  }

  toString(): string {
    return "[secret]"
  }
}
