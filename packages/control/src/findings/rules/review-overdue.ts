import { type AgentRule, dayOf, hasLasted, inventorySays, isEnded } from "./inventory-agent.ts"

/** An agent that somebody meant to look at again by a day that is past. */
export const reviewOverdue: AgentRule = {
  id: "review-overdue",
  severity: "low",
  title: "Review is overdue",
  remediation: "Look at what it does and may do, and say when to look again.",
  controls: ["SP800-53r5:AC-2", "CIS-v8.1:5.5", "NIST-AI-RMF-1.0:GOVERN 1.5"],
  judge({ agent, nextReview, now }) {
    // A day is over when the next begins.
    if (nextReview === null || !hasLasted(nextReview, 1, now) || isEnded(agent)) return []
    return [
      {
        subject: agent.id,
        message: `It was to be reviewed by ${dayOf(nextReview)}.`,
        evidence: [inventorySays(`next review: ${dayOf(nextReview)}`)],
      },
    ]
  },
}
