import { type AgentRule, inventorySays, isPast } from "./inventory-agent.ts"

/** An agent that nobody answers for. What was only just discovered matters less: that is what discovering is for. */
export const noOwner: AgentRule = {
  id: "no-owner",
  severity: "medium",
  title: "Agent without an owner",
  remediation: "Find who answers for it and have them adopt it, or dismiss it.",
  controls: ["SP800-53r5:AC-2", "CIS-v8.1:5.5", "ISO42001-2023-A:A.3.2"],
  judge(known) {
    const { agent, seen } = known
    if (agent.owner !== null || isPast(known)) return []
    const isDiscovery = agent.state === "discovered" && seen
    return [
      {
        subject: agent.id,
        ...(isDiscovery && { severity: "low" }),
        message: "Nobody answers for this agent.",
        evidence: [inventorySays(`${agent.state}, without an owner`)],
      },
    ]
  },
}
