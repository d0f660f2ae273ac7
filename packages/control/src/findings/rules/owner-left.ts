import { type AgentRule, inventorySays, isEnded } from "./inventory-agent.ts"

/** An agent whose owner is no longer here: it gets no token, and nobody decides what becomes of it. */
export const ownerLeft: AgentRule = {
  id: "owner-left",
  severity: "high",
  title: "Owner has left",
  remediation: "Hand it over to somebody who accepts to answer for it, or retire it.",
  controls: ["SP800-53r5:PS-4", "SP800-53r5:AC-2(3)", "OWASP-NHI-2025:NHI1:2025"],
  judge({ agent, owner }) {
    if (agent.owner === null || owner?.active || isEnded(agent)) return []
    const who = owner ? `${owner.name} is` : "Its owner is"
    return [
      {
        subject: agent.id,
        message: `${who} no longer active, and still owns this agent.`,
        evidence: [inventorySays(`${agent.state}, owned by ${agent.owner}`)],
      },
    ]
  },
}
