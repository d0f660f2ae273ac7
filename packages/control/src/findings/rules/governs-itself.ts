import { type AgentRule, inventorySays, isPast } from "./inventory-agent.ts"

/**
 * An agent that has in its hands what changes its own constraints. What is asked here is refused to it; what is edited
 * elsewhere (a repository, a pipeline, a directory) nothing here could refuse.
 */
export const governsItself: AgentRule = {
  id: "governs-itself",
  severity: "high",
  title: "An agent can change what constrains it",
  remediation:
    "Take the token, the server or the place out of its hands, or have a person who is none of its hands keep what constrains it.",
  controls: ["SP800-53r5:AC-5", "SP800-53r5:AC-6(1)", "OWASP-NHI-2025:NHI5:2025", "OWASP-ASI-2026:ASI03"],
  judge(known) {
    const { agent, selfGoverning } = known
    if (isPast(known) || selfGoverning.itself.length === 0) return []
    return [
      {
        subject: agent.id,
        message: `It has in its hands what changes its own constraints: ${selfGoverning.itself[0]}.`,
        evidence: selfGoverning.itself.map(inventorySays),
      },
    ]
  },
}
