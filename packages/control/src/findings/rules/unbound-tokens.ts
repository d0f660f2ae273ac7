import { type AgentRule, inventorySays } from "./inventory-agent.ts"

/** An agent at work that can get tokens which whoever overhears them can use: its tier may, and it has an install to ask by. */
export const unboundTokens: AgentRule = {
  id: "unbound-tokens",
  severity: "medium",
  title: "Tokens may be bound to no key",
  remediation:
    "Have its client prove a key with each request (DPoP), then take its tier off those that may have bearer tokens.",
  controls: ["OWASP-NHI-2025:NHI4:2025", "SP800-53r5:IA-9"],
  judge({ agent: { id, state, mandate }, bearerTiers, liveKeys }) {
    if (state !== "active" || !mandate || liveKeys === 0 || !bearerTiers.includes(mandate.tier)) return []
    return [
      {
        subject: id,
        message: `Agents of the tier ${mandate.tier} may have bearer tokens: whoever overhears one can use it.`,
        evidence: [inventorySays(`settings of tokens: ${mandate.tier} is one of the bearer tiers`)],
      },
    ]
  },
}
