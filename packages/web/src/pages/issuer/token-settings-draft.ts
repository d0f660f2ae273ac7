import { TIERS, type TierName, type TokenSettings } from "@tabard/core"
import { networksIn } from "../conditions/networks-field.tsx"

/** What of the settings is settled under Clients. */
type OfClients = "clientRegistration" | "otherServers"

/** What is settled about tokens while it is being written: networks as they are typed, a line each. */
export interface TokenSettingsDraft extends Omit<TokenSettings, "networks" | OfClients> {
  readonly networks: Readonly<Record<TierName, string>>
}

/** Answers what is kept, to be written on. */
export function draftOf(kept: TokenSettings): TokenSettingsDraft {
  const { clientRegistration: _registration, otherServers: _servers, ...ofTokens } = kept
  return { ...ofTokens, networks: forTiers((tier) => kept.networks[tier].join("\n")) }
}

/** Answers what was written, to be settled beside what is kept of clients by now; the server says what is wrong with it. */
export function settingsOf(
  draft: TokenSettingsDraft,
  { clientRegistration, otherServers }: Pick<TokenSettings, OfClients>,
): TokenSettings {
  return {
    ...draft,
    clientRegistration,
    otherServers,
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
