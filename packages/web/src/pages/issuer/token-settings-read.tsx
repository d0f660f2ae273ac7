import { lifetimeMinutesOf, type TokenSettings } from "@tabard/core"
import type { ReactNode } from "react"
import { Definition, Definitions } from "../../components/definitions.tsx"
import { useTierNames } from "../../data/tiers-query.ts"
import { count, listed } from "../../words/count.ts"
import { windowWords } from "../../words/window-words.ts"

/** Says what is settled about the tokens of agents, to whoever may not settle it. */
export function TokenSettingsRead({ settings }: { settings: TokenSettings }): ReactNode {
  const tiers = useTierNames()
  const { bearerTiers, networks, hours, proofNonce, signingKeyDays, signingAlgorithm } = settings
  return (
    <Definitions>
      <Definition name="Lifetime">
        {listed(tiers.map((tier) => `${tier} ${count(lifetimeMinutesOf(settings, tier), "minute")}`))}
      </Definition>
      <Definition name="Bound to no key">
        {bearerTiers.length === 0 ? "Allowed for no tier" : `Allowed for ${listed(bearerTiers)}`}
      </Definition>
      <Definition name="Networks">
        {tiers.map((tier) => (
          <p key={tier}>
            {tier}: {networks[tier]?.join(", ") || "from anywhere"}
          </p>
        ))}
      </Definition>
      <Definition name="Hours">
        {tiers.map((tier) => (
          <p key={tier}>
            {tier}: {listed((hours[tier] ?? []).map(windowWords)) || "at any time"}
          </p>
        ))}
      </Definition>
      <Definition name="Proofs">
        {proofNonce === "required"
          ? "Have to repeat a number of the server’s"
          : "Need no number of the server’s"}
      </Definition>
      <Definition name="Signing key">
        {signingAlgorithm}, another one after {count(signingKeyDays, "day")}
      </Definition>
    </Definitions>
  )
}
