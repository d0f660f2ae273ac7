import { isShadow } from "@tabard/core"
import { type AgentRule, dayOf, inventorySays } from "./inventory-agent.ts"

/** An agent that was found and then left: neither adopted nor dismissed within the grace period. */
export const shadowAgent: AgentRule = {
  id: "shadow-agent",
  severity: "medium",
  title: "Shadow agent older than the grace period",
  remediation: "Adopt it, if it is to stay; dismiss it, if it is no agent; else switch it off.",
  controls: ["SP800-53r5:CM-8(3)", "NIST-CSF-2.0:ID.AM-02", "OWASP-ASI-2026:ASI10"],
  judge({ agent, graceDays, now, credentials, vanished }) {
    if (vanished || !isShadow(agent, graceDays, now)) return []
    const holds = credentials.length > 0
    return [
      {
        subject: agent.id,
        ...(holds && { severity: "high" }),
        message: holds
          ? `It has been known since ${dayOf(agent.createdAt)}, holds credentials, and nobody has taken it up.`
          : `It has been known since ${dayOf(agent.createdAt)}, and nobody has taken it up.`,
        evidence: [
          inventorySays(`discovered ${dayOf(agent.createdAt)}; the grace period is ${graceDays} days`),
        ],
      },
    ]
  },
}
