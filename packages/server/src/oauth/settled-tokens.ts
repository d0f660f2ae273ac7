import type { Snapshot } from "@tabard/control"
import { type Clock, DEFAULT_TOKEN_SETTINGS, type TokenSettings } from "@tabard/core"

/** For how long what was read counts: what an administrator settles holds a second later, on every replica. */
const FRESH_MS = 1000

/** What an organisation has settled about tokens, read at most once a second. */
export class SettledTokens {
  readonly #deps: { readonly snapshot: Snapshot<"organisation">; readonly clock: Clock }
  #known: TokenSettings = DEFAULT_TOKEN_SETTINGS
  #readAt = Number.NEGATIVE_INFINITY

  constructor(deps: { readonly snapshot: Snapshot<"organisation">; readonly clock: Clock }) {
    this.#deps = deps
  }

  /** Answers what holds now. It rejects where that cannot be known. */
  async read(): Promise<TokenSettings> {
    const now = this.#deps.clock.now().getTime()
    if (now - this.#readAt < FRESH_MS && now >= this.#readAt) return this.#known
    this.#known = await this.#deps.snapshot(({ organisation }) => organisation.tokenSettings())
    this.#readAt = now
    return this.#known
  }

  /** Answers what was read last. */
  get known(): TokenSettings {
    return this.#known
  }
}
