import { TIERS, type TokenSettings } from "@tabard/core"
import type { ReactNode } from "react"
import { Definition, Definitions } from "../../components/definitions.tsx"
import { count, listed } from "../../words/count.ts"
import { windowWords } from "../../words/window-words.ts"

/** Says what is settled about the tokens of agents, to whoever may not settle it. */
export function TokenSettingsRead({ settings }: { settings: TokenSettings }): ReactNode {
  const { lifetimeMinutes, bearerTiers, networks, hours, proofNonce, signingKeyDays, signingAlgorithm } =
    settings
  return (
    <Definitions>
      <Definition name="Lifetime">
        {listed(TIERS.map((tier) => `${tier} ${count(lifetimeMinutes[tier], "minute")}`))}
      </Definition>
      <Definition name="Bound to no key">
        {bearerTiers.length === 0 ? "Allowed for no tier" : `Allowed for ${listed(bearerTiers)}`}
      </Definition>
      <Definition name="Networks">
        {TIERS.map((tier) => (
          <p key={tier}>
            {tier}: {networks[tier].length === 0 ? "from anywhere" : networks[tier].join(", ")}
          </p>
        ))}
      </Definition>
      <Definition name="Hours">
        {TIERS.map((tier) => (
          <p key={tier}>
            {tier}: {hours[tier].length === 0 ? "at any time" : listed(hours[tier].map(windowWords))}
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
