import { EFFECT_CLASSES, type EffectClass } from "../effect-class.ts"

/** The ceilings that ship with the product, the lowest first; an organisation adds its own. */
export const TIERS = ["read-only", "transactional", "operator"] as const

/** A named ceiling for intents: one that ships, or one of the organisation's own. */
export type TierName = string

/** How the name of a tier is spelt. */
export const TIER_NAME: RegExp = /^[a-z][a-z0-9-]{0,39}$/

/** A ceiling: what no agent of its name ever reaches past. */
export interface Tier {
  readonly name: TierName
  /** What it means, for people. */
  readonly words: string
  readonly reaches: readonly EffectClass[]
}

/** The tiers that an organisation has, by name. */
export type Tiers = ReadonlyMap<TierName, Tier>

/** Something settled for each tier that ships, and for any of the organisation's own. */
export interface ByTier<Value> {
  readonly "read-only": Value
  readonly transactional: Value
  readonly operator: Value
  readonly [tier: TierName]: Value | undefined
}

/**
 * The tiers that ship. A transactional agent moves data and, when asked about, money; it runs no code and touches no
 * infrastructure. An operator may, and the guard-rails still ask a person each time.
 */
export const SHIPPED_TIERS: Tiers = new Map(
  (
    [
      ["read-only", ["read"], "It may read, and nothing else."],
      [
        "transactional",
        ["read", "write", "delete", "financial", "egress"],
        "It may also write, delete, move money and send data out, each within its manifest. No programs, no infrastructure.",
      ],
      [
        "operator",
        EFFECT_CLASSES,
        "It may also run programs and change infrastructure. The guard-rails still ask its owner each time.",
      ],
    ] as const
  ).map(([name, reaches, words]) => [name, { name, words, reaches }]),
)

/** Answers the effect classes that a tier keeps out of reach: every one, where nobody knows the tier. */
export function beyondTier(tier: Pick<Tier, "reaches"> | undefined): readonly EffectClass[] {
  return EFFECT_CLASSES.filter((effect) => !tier?.reaches.includes(effect))
}

/** Answers the lower of two ceilings: the one that reaches fewer effects; one that nobody knows is the lowest. */
export function lowerTier(tiers: Tiers, one: TierName, other: TierName): TierName {
  const reach = (name: TierName): number => tiers.get(name)?.reaches.length ?? 0
  if (reach(one) !== reach(other)) return reach(one) < reach(other) ? one : other
  return one <= other ? one : other
}
