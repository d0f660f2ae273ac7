import { type AgentRule, inventorySays, isPast } from "./inventory-agent.ts"

/** Two agents each of which could change what constrains the other: together they answer to nobody. */
export const governEachOther: AgentRule = {
  id: "govern-each-other",
  severity: "high",
  title: "Two agents can change what constrains each other",
  remediation:
    "Take out of the hands of one of them what changes the other, or join them and govern both as one.",
  controls: ["SP800-53r5:AC-5", "SP800-53r5:AC-6(1)", "OWASP-NHI-2025:NHI5:2025", "OWASP-ASI-2026:ASI03"],
  judge(known) {
    const { agent, selfGoverning } = known
    if (isPast(known) || selfGoverning.eachOther.length === 0) return []
    return [
      {
        subject: agent.id,
        message: `Another agent can change what constrains it, and it can change what constrains that one: ${selfGoverning.eachOther[0]}.`,
        evidence: selfGoverning.eachOther.map(inventorySays),
      },
    ]
  },
}
