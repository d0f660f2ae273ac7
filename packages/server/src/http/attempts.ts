import type { Clock } from "@tabard/core"

/** How much may fail: so many at once, and so many more with each second. */
export interface Allowance {
  readonly burst: number
  readonly perSecond: number
}

/** What bounds failed attempts. */
export interface AttemptBounds {
  readonly perAddress: Allowance
  readonly everybody: Allowance
  /** What an address may fail whatever others do: nobody can use up another's. */
  readonly own: number
  /** How many addresses are remembered. */
  readonly addresses: number
}

/** An attempt that may be made, or when to come back. */
export type Attempt =
  | { readonly allowed: true; readonly succeeded: () => void }
  | { readonly allowed: false; readonly retryAfterMs: number }

/**
 * Bounds how often guesses fail, by the address they come from. No name and no account is counted, so that nobody can
 * shut a person out from afar; what fails everywhere slows down those who fail, and no one else.
 */
export class Attempts {
  readonly #bounds: AttemptBounds
  readonly #clock: Clock
  readonly #byAddress = new Map<string, Level>()
  readonly #everybody: Level

  constructor(bounds: AttemptBounds, clock: Clock) {
    this.#bounds = bounds
    this.#clock = clock
    this.#everybody = { failed: 0, at: clock.now().getTime() }
  }

  /**
   * Begins an attempt. It counts as failed until it is said to have succeeded, so that of many at once no more are made
   * than of as many in turn.
   */
  begin(address: string): Attempt {
    const { perAddress, everybody, own } = this.#bounds
    const level = this.#levelOf(address)
    const all = this.#lowered(this.#everybody, everybody)
    const wait = Math.max(
      untilOneMore(level, perAddress),
      level.failed < own ? 0 : untilOneMore(all, everybody),
    )
    if (wait > 0) return { allowed: false, retryAfterMs: wait }
    level.failed++
    all.failed++
    return {
      allowed: true,
      succeeded: () => {
        level.failed = Math.max(0, level.failed - 1)
        all.failed = Math.max(0, all.failed - 1)
      },
    }
  }

  /** How many addresses are remembered now. */
  get size(): number {
    return this.#byAddress.size
  }

  #levelOf(address: string): Level {
    const known = this.#byAddress.get(address)
    const level = this.#lowered(
      known ?? { failed: 0, at: this.#clock.now().getTime() },
      this.#bounds.perAddress,
    )
    // Put behind all others: where there are too many, whoever was not heard of for longest is forgotten.
    this.#byAddress.delete(address)
    this.#byAddress.set(address, level)
    const [oldest] = this.#byAddress.keys()
    if (this.#byAddress.size > this.#bounds.addresses && oldest !== undefined) this.#byAddress.delete(oldest)
    return level
  }

  #lowered(level: Level, { perSecond }: Allowance): Level {
    const now = this.#clock.now().getTime()
    const passed = Math.max(0, now - level.at) / 1000
    level.failed = Math.max(0, level.failed - passed * perSecond)
    level.at = now
    return level
  }
}

interface Level {
  failed: number
  at: number
}

function untilOneMore({ failed }: Level, { burst, perSecond }: Allowance): number {
  return failed + 1 <= burst ? 0 : Math.ceil(((failed + 1 - burst) / perSecond) * 1000)
}
