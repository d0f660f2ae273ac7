import { type AgentRule, inventorySays, isEnded } from "./inventory-agent.ts"

/** An agent that somebody could say the purpose of, and nobody did. What was merely discovered gets one when it is adopted. */
export const noPurpose: AgentRule = {
  id: "no-purpose",
  severity: "low",
  title: "Agent without a purpose",
  remediation: "Write down in a sentence what it is for; if nobody can, retire it.",
  controls: ["CIS-v8.1:5.5", "ISO42001-2023-A:A.6.2.2"],
  judge({ agent, purpose, seen }) {
    const couldBeSaid = agent.owner !== null || !seen || agent.state !== "discovered"
    if (purpose !== null || !couldBeSaid || isEnded(agent)) return []
    return [
      {
        subject: agent.id,
        message: "Nobody has said what this agent is for.",
        evidence: [inventorySays(`${agent.state}, without a purpose`)],
      },
    ]
  },
}
