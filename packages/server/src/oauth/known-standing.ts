import { type AgentPrincipal, livePrincipal, type PresentedToken, type Shelf } from "@tabard/control"
import type { Clock } from "@tabard/core"
import { Recent } from "@tabard/core"

/** For how long what was read of a token's standing counts: what another replica ends is felt here half a second later. */
const FRESH_MS = 500

/** As many tokens as are in use at once. */
const MOST = 10_000

interface Known {
  readonly principal: AgentPrincipal
  readonly presented: PresentedToken
  readonly readAt: Date
  readonly until: number
}

/**
 * Knows for half a second how tokens stand, and reads the store otherwise: where it cannot be read, nobody stands. What
 * this process itself changes is forgotten at once.
 */
export class KnownStanding {
  readonly #deps: { readonly shelf: Pick<Shelf, "snapshot">; readonly clock: Clock }
  readonly #known = new Recent<Known>(MOST)
  /** Grows with each change here: what was read before one is not kept after it. */
  #changes = 0

  constructor(deps: { readonly shelf: Pick<Shelf, "snapshot">; readonly clock: Clock }) {
    this.#deps = deps
  }

  /**
   * Answers as checkToken does.
   *
   * @throws {TokenRefused}
   */
  async check(presented: PresentedToken): Promise<AgentPrincipal> {
    const now = this.#deps.clock.now()
    const known = this.#known.get(presented.jti)
    if (known && isFresh(known, now) && isSame(known.presented, presented)) return known.principal
    const changes = this.#changes
    const principal = await this.#deps.shelf.snapshot((tx) => livePrincipal(tx, presented, now))
    if (changes === this.#changes)
      this.#known.set(presented.jti, {
        principal,
        presented,
        readAt: now,
        until: endOf(principal, now),
      })
    return principal
  }

  /** Has everything read anew. */
  forget(): void {
    this.#changes++
    this.#known.clear()
  }
}

/** A clock that was set back makes nothing last. */
function isFresh({ readAt, until }: Known, now: Date): boolean {
  return now >= readAt && now.getTime() < until
}

/** What ends by its own time ends then. */
function endOf({ token, mandate, task, chain }: AgentPrincipal, now: Date): number {
  const ends = [token.expiresAt, mandate.expiresAt, ...chain.map((link) => link.mandate.expiresAt)]
  if (task) ends.push(task.expiresAt)
  return Math.min(now.getTime() + FRESH_MS, ...ends.map((end) => end.getTime()))
}

function isSame(one: PresentedToken, other: PresentedToken): boolean {
  return (
    one.agent === other.agent &&
    one.instance === other.instance &&
    one.task === other.task &&
    one.audience === other.audience &&
    one.jkt === other.jkt
  )
}
