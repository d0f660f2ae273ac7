import { TIERS, type TierName, type TokenSettings } from "@tabard/core"
import { networksIn } from "../conditions/networks-field.tsx"

/** What is settled about tokens while it is being written: networks as they are typed, a line each. */
export interface TokenSettingsDraft extends Omit<TokenSettings, "networks"> {
  readonly networks: Readonly<Record<TierName, string>>
}

/** Answers what is kept, to be written on. */
export function draftOf(kept: TokenSettings): TokenSettingsDraft {
  return { ...kept, networks: forTiers((tier) => kept.networks[tier].join("\n")) }
}

/** Answers what was written, to be settled; the server says what is wrong with it. */
export function settingsOf(draft: TokenSettingsDraft): TokenSettings {
  return {
    ...draft,
    networks: forTiers((tier) => networksIn(draft.networks[tier])),
  }
}

/** Answers the tiers with one more or one fewer, in the order in which tiers stand. */
export function withTier(tiers: readonly TierName[], tier: TierName, isIn: boolean): readonly TierName[] {
  return TIERS.filter((each) => (each === tier ? isIn : tiers.includes(each)))
}

function forTiers<Value>(of: (tier: TierName) => Value): Readonly<Record<TierName, Value>> {
  return {
    "read-only": of("read-only"),
    transactional: of("transactional"),
    operator: of("operator"),
  }
}
