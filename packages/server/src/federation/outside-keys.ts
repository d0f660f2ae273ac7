import type { Clock, JsonObject } from "@tabard/core"
import type { TargetRules } from "../notifications/guard-address.ts"
import { findKeys, type KeysOf } from "./find-keys.ts"

/** Keys are asked for again when they are this old. Within it, what an issuer takes back may still count. */
export const KEYS_FRESH_MS: number = 5 * 60_000
/** Where the issuer cannot be asked, its keys count until they are this old, and then no token of it does. */
export const KEYS_LAST_MS: number = 15 * 60_000
/** How often a token that names an unknown key may have an issuer asked again. */
export const KEYS_COOL_MS = 30_000
/** For how long an issuer that could not be asked is not asked again: whoever waits is told why at once. */
export const KEYS_PAUSE_MS = 10_000
/** The most issuers that are remembered; the one that was asked about longest ago goes first. */
const MOST_ISSUERS = 1000

interface Known {
  readonly keys: readonly JsonObject[]
  readonly at: number
}

interface Failed {
  readonly error: unknown
  readonly at: number
}

/** The keys of outside issuers, remembered for minutes. Of many who ask at once, one issuer is asked once. */
export class OutsideKeys {
  readonly #rules: TargetRules
  readonly #clock: Clock
  readonly #known = new Map<string, Known>()
  readonly #pending = new Map<string, Promise<readonly JsonObject[]>>()
  readonly #asked = new Map<string, number>()
  readonly #failed = new Map<string, Failed>()

  constructor({ rules, clock }: { readonly rules: TargetRules; readonly clock: Clock }) {
    this.#rules = rules
    this.#clock = clock
  }

  /**
   * Answers the keys of an issuer, at most a quarter of an hour old.
   *
   * @throws {KeysUnavailable}
   */
  async keysOf(source: KeysOf): Promise<readonly JsonObject[]> {
    if (source.keys.kind === "inline") return source.keys.keys
    const known = this.#known.get(nameOf(source))
    const age = known ? this.#now() - known.at : Number.POSITIVE_INFINITY
    if (known && age < KEYS_FRESH_MS) return known.keys
    if (!known || age >= KEYS_LAST_MS) return this.#askUnlessFailed(source)
    if (!this.#mayAsk(source)) return known.keys
    return this.#ask(source).catch(() => known.keys)
  }

  /**
   * Answers keys that were asked for just now, for a token whose key is not among those that are known; undefined where
   * the issuer was asked a moment ago: strangers must not be able to have it asked without end.
   */
  async newKeysOf(source: KeysOf): Promise<readonly JsonObject[] | undefined> {
    if (source.keys.kind === "inline" || !this.#mayAsk(source)) return undefined
    return this.#ask(source)
  }

  async #askUnlessFailed(source: KeysOf): Promise<readonly JsonObject[]> {
    const failed = this.#failed.get(nameOf(source))
    if (failed && this.#now() - failed.at < KEYS_PAUSE_MS) throw failed.error
    return this.#ask(source)
  }

  #mayAsk(source: KeysOf): boolean {
    const asked = this.#asked.get(nameOf(source))
    return this.#pending.has(nameOf(source)) || asked === undefined || this.#now() - asked >= KEYS_COOL_MS
  }

  #ask(source: KeysOf): Promise<readonly JsonObject[]> {
    const name = nameOf(source)
    const pending = this.#pending.get(name) ?? this.#find(source, name)
    this.#pending.set(name, pending)
    return pending
  }

  async #find(source: KeysOf, name: string): Promise<readonly JsonObject[]> {
    const at = this.#now()
    this.#remember(this.#asked, name, at)
    try {
      const keys = await findKeys(this.#rules, source)
      this.#remember(this.#known, name, { keys, at })
      this.#failed.delete(name)
      return keys
    } catch (error) {
      this.#remember(this.#failed, name, { error, at: this.#now() })
      throw error
    } finally {
      this.#pending.delete(name)
    }
  }

  #remember<Value>(map: Map<string, Value>, name: string, value: Value): void {
    map.delete(name)
    map.set(name, value)
    const [oldest] = map.keys()
    if (map.size > MOST_ISSUERS && oldest !== undefined) map.delete(oldest)
  }

  #now(): number {
    return this.#clock.now().getTime()
  }
}

function nameOf({ issuer, keys }: KeysOf): string {
  return JSON.stringify([issuer, keys])
}
