import type { AutonomyLevel } from "@tabard/core"

/** From the tightest to the freest; what is not stated comes first, for it is unknown and gives way to whatever is. */
export const AUTONOMY_ORDER: readonly AutonomyLevel[] = [
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
  return levels.toSorted((a, b) => AUTONOMY_ORDER.indexOf(b) - AUTONOMY_ORDER.indexOf(a))[0]
}
