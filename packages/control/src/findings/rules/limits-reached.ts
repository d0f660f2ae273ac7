import { type AgentRule, dayOf, hasLasted, inventorySays, isEnded } from "./inventory-agent.ts"

/** How many denials within a day are more than an agent that was busy for once. */
export const DENIALS_TOLD = 10

/** An agent that goes on calling where a limit of its manifest was reached: it does more than it is for, or is given too little. */
export const limitsReached: AgentRule = {
  id: "limits-reached",
  severity: "medium",
  title: "Keeps reaching its limits",
  remediation: "Look at what it calls so often: stop it, or raise the limit in its manifest.",
  controls: ["OWASP-LLM-2025:LLM10:2025", "OWASP-ASI-2026:ASI02"],
  judge({ agent, deniedByLimits, now }) {
    const first = deniedByLimits.at(DENIALS_TOLD - 1)
    if (!first || hasLasted(first, 1, now) || isEnded(agent)) return []
    return [
      {
        subject: agent.id,
        message: `At least ${DENIALS_TOLD} of its calls were denied within a day because a limit was reached.`,
        evidence: [inventorySays(`denied with limit_reached since ${dayOf(first)}`)],
      },
    ]
  },
}
