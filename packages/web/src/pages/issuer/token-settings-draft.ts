import { type ByTier, TIERS, type TierName, type TokenSettings } from "@tabard/core"
import { networksIn } from "../conditions/networks-field.tsx"

/** What of the settings is settled under Clients. */
type OfClients = "clientRegistration" | "otherServers"

/** What is settled about tokens while it is being written: networks as they are typed, a line each. */
export interface TokenSettingsDraft extends Omit<TokenSettings, "networks" | OfClients> {
  readonly networks: ByTier<string>
}

/** Answers what is kept, to be written on. */
export function draftOf(kept: TokenSettings): TokenSettingsDraft {
  const { clientRegistration: _registration, otherServers: _servers, ...ofTokens } = kept
  return { ...ofTokens, networks: forTiers(kept.networks, (listed) => listed.join("\n")) }
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
    networks: forTiers(draft.networks, networksIn),
  }
}

/** Answers the tiers with one more or one fewer, those that ship first and in their order. */
export function withTier(tiers: readonly TierName[], tier: TierName, isIn: boolean): readonly TierName[] {
  const named = new Set([...TIERS, ...tiers, tier])
  return [...named].filter((each) => (each === tier ? isIn : tiers.includes(each)))
}

function forTiers<Value, Result>(settled: ByTier<Value>, of: (value: Value) => Result): ByTier<Result> {
  const { "read-only": readOnly, transactional, operator, ...own } = settled
  const ofOwn = Object.entries(own).flatMap(([tier, value]) =>
    value === undefined ? [] : [[tier, of(value)] as const],
  )
  return {
    "read-only": of(readOnly),
    transactional: of(transactional),
    operator: of(operator),
    ...Object.fromEntries(ofOwn),
  }
}
