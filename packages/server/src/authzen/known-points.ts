import { isWithinScopes } from "@tabard/api"
import { handleHash, type RegisteredPoint, type Shelf, tokenUser } from "@tabard/control"
import { type Clock, Recent } from "@tabard/core"

/** For how long what was read counts: what another replica ends is felt here half a second later. */
const FRESH_MS = 500

/** As many tokens as are in use at once. */
const MOST = 1_000

interface Known {
  readonly point: RegisteredPoint
  readonly readAt: number
  readonly until: number
}

/**
 * Knows for half a second which enforcement point a token is, and reads the store otherwise. What this process itself
 * changes is forgotten at once; nothing is known of a token that is nobody's.
 */
export class KnownPoints {
  readonly #deps: { readonly shelf: Shelf; readonly clock: Clock }
  readonly #known = new Recent<Known>(MOST)
  readonly #reading = new Map<string, Promise<RegisteredPoint | undefined>>()
  #changes = 0

  constructor(deps: { readonly shelf: Shelf; readonly clock: Clock }) {
    this.#deps = deps
  }

  /** Answers the point that asks with this token; undefined where the token is nobody's or was not made to ask. */
  async find(token: string): Promise<RegisteredPoint | undefined> {
    const fresh = this.fresh(token)
    if (fresh) return fresh
    const key = handleHash(token)
    const reading = this.#reading.get(key) ?? this.#know(token, key)
    this.#reading.set(key, reading)
    return reading
  }

  /** Whoever asks while it is read waits for the same reading, unless something has changed since that began. */
  async #know(token: string, key: string): Promise<RegisteredPoint | undefined> {
    const changes = this.#changes
    try {
      return await this.#readAndKeep(token, key)
    } finally {
      if (changes === this.#changes) this.#reading.delete(key)
    }
  }

  async #readAndKeep(token: string, key: string): Promise<RegisteredPoint | undefined> {
    const now = this.#deps.clock.now().getTime()
    const changes = this.#changes
    const found = await this.#read(token)
    if (found && changes === this.#changes)
      this.#known.set(key, {
        point: found.point,
        readAt: now,
        until: Math.min(now + FRESH_MS, found.expiresAt.getTime()),
      })
    return found?.point
  }

  /** Answers the point of this token as far as that is known afresh. */
  fresh(token: string): RegisteredPoint | undefined {
    const now = this.#deps.clock.now().getTime()
    const known = this.#known.get(handleHash(token))
    // A clock that was set back makes nothing last.
    return known && now >= known.readAt && now < known.until ? known.point : undefined
  }

  /** Has everything read anew. */
  forget(): void {
    this.#changes++
    this.#known.clear()
    this.#reading.clear()
  }

  async #read(token: string): Promise<{ point: RegisteredPoint; expiresAt: Date } | undefined> {
    const { shelf, clock } = this.#deps
    const user = await tokenUser({ ...shelf, clock }, token)
    if (!user || !isWithinScopes("askDecisionPoint", user.apiToken.scopes)) return undefined
    const point = await shelf.snapshot((tx) => tx.enforcementPoints.ofToken(user.apiToken.id))
    return point && { point, expiresAt: user.apiToken.expiresAt }
  }
}
