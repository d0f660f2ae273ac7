import { type AgentRule, inventorySays } from "./inventory-agent.ts"

/** What the rule is called; of what ended, it alone is heard. */
export const RETIRED_STILL_THERE = "retired-still-there"

/** An agent that was retired here, and that a scan saw after that: whoever retired it took only our keys away. */
export const retiredStillThere: AgentRule = {
  id: RETIRED_STILL_THERE,
  severity: "high",
  title: "Retired agent is still there",
  remediation: "Remove it and its configuration from where it was seen, and scan again.",
  controls: ["SP800-53r5:CM-8(3)", "SP800-53r5:AC-2(3)", "OWASP-NHI-2025:NHI1:2025"],
  judge({ agent, vanished, retiredAt, lastSeen }) {
    if (vanished || retiredAt === null || lastSeen === null || lastSeen <= retiredAt) return []
    return [
      {
        subject: agent.id,
        message: "It was retired, and has been seen since.",
        evidence: [inventorySays(`retired ${retiredAt.toISOString()}, and seen after that`)],
      },
    ]
  },
}
