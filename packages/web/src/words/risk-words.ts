import type { RiskSummary } from "@tabard/api"
import type { RiskBand } from "@tabard/core"

/** How each band of risk is called. */
export const RISK_WORDS: Readonly<Record<RiskBand, string>> = {
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "Critical",
}

/** Says how far a score could lie off, where anything about the agent is unknown. */
export function intervalWords({ low, high }: Pick<RiskSummary, "low" | "high">): string {
  return low === high
    ? "Everything that counts is known."
    : `Between ${low} and ${high}: not all of it is known.`
}

/** Says points as people read them: `1.25`, `1 point`. */
export function pointsWords(points: number): string {
  return points === 1 ? "1 point" : `${points} points`
}
