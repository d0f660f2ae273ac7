import { EFFECT_CLASSES, type EffectClass, TIERS, type TierName } from "@tabard/core"
import { type PolicyText, quote } from "@tabard/policy"

/**
 * What each tier that ships can ever reach. A transactional agent moves data and, when asked about, money; it runs no code and
 * touches no infrastructure. An operator may, and the guard-rails still ask a person each time.
 */
export const TIER_CEILINGS: Readonly<Record<TierName, readonly EffectClass[]>> = {
  "read-only": ["read"],
  transactional: ["read", "write", "delete", "financial", "egress"],
  operator: EFFECT_CLASSES,
}

/** Answers the effect classes that a tier keeps out of reach. */
export function beyondTier(tier: TierName): EffectClass[] {
  return EFFECT_CLASSES.filter((effect) => !TIER_CEILINGS[tier].includes(effect))
}

/** Writes action groups as Cedar's list of entities. */
export function effectGroups(effects: readonly EffectClass[]): string {
  return `[${effects.map((effect) => `Tabard::Action::${quote(`effect:${effect}`)}`).join(", ")}]`
}

/** The ceilings that ship, as policies: no intent, task or approval reaches past them. */
export function tierPolicies(): PolicyText[] {
  return TIERS.filter((tier) => beyondTier(tier).length > 0).map((tier) => ({
    id: `tier-${tier}/1`,
    text: `@say(${quote(`the tier ${tier} stops at ${TIER_CEILINGS[tier].join(", ")}`)})
forbid (principal in Tabard::Tier::${quote(tier)}, action in ${effectGroups(beyondTier(tier))}, resource);`,
  }))
}
