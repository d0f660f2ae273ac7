import type { ReporterView } from "@tabard/api"
import type { IconName } from "../../components/icon.tsx"
import type { Tone } from "../../components/mark.tsx"

/** How a machine that reports stands, as it is shown. */
export interface ReporterStanding {
  readonly words: string
  readonly meaning: string
  readonly icon: IconName
  readonly tone: Tone
}

const DAY_MS = 86_400_000
/** After a week what a machine saw is no longer taken for what is there. */
const LATELY_MS = 7 * DAY_MS

/** Answers whether a machine still reports: a silent one is told from one that was revoked or never began. */
export function reporterStanding(
  { revokedAt, lastReport }: Pick<ReporterView, "revokedAt" | "lastReport">,
  now: number,
): ReporterStanding {
  if (revokedAt !== null)
    return {
      words: "Revoked",
      meaning: "What it sends is refused; what it saw stays.",
      icon: "ended",
      tone: "faint",
    }
  if (!lastReport)
    return {
      words: "Not yet",
      meaning: "It was enrolled and has not reported.",
      icon: "proposed",
      tone: "calm",
    }
  if (now - Date.parse(lastReport.at) > LATELY_MS)
    return {
      words: "Silent",
      meaning: "It has not reported for a week: what is there now is unknown.",
      icon: "warning",
      tone: "high",
    }
  return { words: "Reporting", meaning: "It reported in the last week.", icon: "active", tone: "permit" }
}
