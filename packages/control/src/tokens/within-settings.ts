import {
  conditionOf,
  distinctConditions,
  lifetimeMinutesOf,
  Problem,
  type TokenCondition,
  type TokenSettings,
  UNBOUND,
} from "@tabard/core"
import type { JudgedRequest } from "./bounds-of-request.ts"

/** What an organisation's settings bound a token by. */
export interface SettledRequest {
  /** The thumbprint of the key that it is bound to; null for a bearer token. */
  readonly jkt: string | null
  readonly settings: TokenSettings
  /** Who came by a trust rule has what the rule bounds it by. */
  readonly workload?: { readonly counts: TokenCondition }
}

/**
 * Answers what was judged within what the organisation settled for the token's tier: it lives no longer, and is bound to
 * a key unless its tier may do without. It counts from where and when its holder's tier may act and its trust rule lets
 * it, besides what bounds the token that it came from.
 *
 * @throws {Problem} proof_required
 */
export function withinSettings(
  judged: JudgedRequest,
  { jkt, settings, workload }: SettledRequest,
): JudgedRequest {
  const { mandate, bounds, issuedAt } = judged
  if (jkt === null && !settings.bearerTiers.includes(bounds.tier)) {
    throw new Problem(
      "proof_required",
      `A token of the tier ${bounds.tier} is bound to a key: bring a DPoP proof.`,
    )
  }
  const settled = issuedAt.getTime() + lifetimeMinutesOf(settings, bounds.tier) * 60_000
  const expiresAt = new Date(Math.min(bounds.expiresAt.getTime(), settled))
  const conditions = distinctConditions([
    ...judged.conditions,
    conditionOf(settings, mandate.tier),
    workload?.counts ?? UNBOUND,
  ])
  return { ...judged, conditions, bounds: { ...bounds, expiresAt } }
}
