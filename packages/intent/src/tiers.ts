import { beyondTier, type EffectClass, SHIPPED_TIERS, type Tier } from "@tabard/core"
import { type PolicyText, quote } from "@tabard/policy"

/** Writes action groups as Cedar's list of entities. */
export function effectGroups(effects: readonly EffectClass[]): string {
  return `[${effects.map((effect) => `Tabard::Action::${quote(`effect:${effect}`)}`).join(", ")}]`
}

/** The ceilings that ship, as policies: no intent, task or approval reaches past them. */
export function tierPolicies(): PolicyText[] {
  return [...SHIPPED_TIERS.values()].flatMap(ceilingOf)
}

/** Answers a tier's ceiling as a policy; none for a tier that reaches everything. */
export function ceilingOf(tier: Tier): PolicyText[] {
  const beyond = beyondTier(tier)
  if (beyond.length === 0) return []
  const say = `the tier ${tier.name} stops at ${tier.reaches.join(", ") || "nothing"}`
  return [
    {
      id: `tier-${tier.name}/1`,
      text: `@say(${quote(say)})
forbid (principal in Tabard::Tier::${quote(tier.name)}, action in ${effectGroups(beyond)}, resource);`,
    },
  ]
}
