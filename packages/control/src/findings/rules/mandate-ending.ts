import { type AgentRule, DAY_MS, dayOf, inventorySays } from "./inventory-agent.ts"

/** How many days before its end a mandate is spoken of: time enough for two people to agree to another. */
const AHEAD_DAYS = 14

/** An agent at work whose mandate is over, or soon will be: then it gets no token any more. */
export const mandateEnding: AgentRule = {
  id: "mandate-ending",
  severity: "low",
  title: "Mandate is ending",
  remediation: "Decide whether it is to go on: renew its mandate before then, or retire it.",
  controls: ["SP800-53r5:AC-2(2)", "SP800-53r5:AC-2"],
  judge({ agent: { id, state, mandate }, now }) {
    if (state !== "active" || !mandate) return []
    const end = mandate.expiresAt
    if (end.getTime() - now.getTime() > AHEAD_DAYS * DAY_MS) return []
    const isOver = end <= now
    return [
      {
        subject: id,
        ...(isOver && { severity: "medium" }),
        message: isOver
          ? `Its mandate ended on ${dayOf(end)}: it gets no token.`
          : `Its mandate ends on ${dayOf(end)}: after that it gets no token.`,
        evidence: [inventorySays(`mandate until ${dayOf(end)}`)],
      },
    ]
  },
}
