import type { AutonomyLevel } from "@tabard/core"

/** From the tightest to the freest; what is not stated gives way to whatever is. */
const ORDER: readonly AutonomyLevel[] = [
  "not_stated",
  "none",
  "restricted",
  "partial",
  "broad",
  "client_default_unrestricted",
  "unrestricted",
]

/** Answers the freest of `levels`: a setting that frees an agent anywhere frees it there. */
export function freest(levels: readonly AutonomyLevel[]): AutonomyLevel | undefined {
  return levels.toSorted((a, b) => ORDER.indexOf(b) - ORDER.indexOf(a))[0]
}
