import type { RiskSummary } from "@tabard/api"
import type { RiskBand } from "@tabard/core"
import type { ReactNode } from "react"
import { intervalWords, RISK_WORDS } from "../words/risk-words.ts"

/** The colour of each band, beside its word. */
export const RISK_TONES: Readonly<Record<RiskBand, string>> = {
  low: "text-low",
  medium: "text-medium",
  high: "text-high",
  critical: "text-critical",
}

/** Shows how risky an agent is, as a number and in a word; or that it is not scored. */
export function RiskMark({ risk }: { risk: RiskSummary | null }): ReactNode {
  if (!risk) return <span className="text-faint">None</span>
  return (
    <span
      className={`flex min-w-0 items-baseline gap-1.5 ${RISK_TONES[risk.band]}`}
      title={intervalWords(risk)}
    >
      <span className="min-w-[2ch] text-right font-medium">{risk.score}</span>
      <span className="truncate">{RISK_WORDS[risk.band]}</span>
    </span>
  )
}
