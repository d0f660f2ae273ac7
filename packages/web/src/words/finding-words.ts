import type { FindingState, Severity } from "@tabard/core"

/** How each severity is called, the worst first. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
}

/** How each state of a finding is called. */
export const FINDING_STATE_WORDS: Readonly<Record<FindingState, string>> = {
  open: "Open",
  accepted: "Accepted",
  resolved: "Resolved",
}
