import type { AutonomyLevel } from "@tabard/core"

/** How many steps a bar of autonomy has. */
export const AUTONOMY_STEPS = 5

const STEPS: Readonly<Record<AutonomyLevel, number>> = {
  not_stated: 0,
  none: 1,
  restricted: 2,
  partial: 3,
  broad: 4,
  client_default_unrestricted: 5,
  unrestricted: 5,
}

const WORDS: Readonly<Record<AutonomyLevel, string>> = {
  not_stated: "not stated",
  none: "none",
  restricted: "restricted",
  partial: "partial",
  broad: "broad",
  client_default_unrestricted: "unrestricted by default",
  unrestricted: "unrestricted",
}

/** Answers how many steps of a bar an agent's autonomy fills; none where nothing is known. */
export function autonomySteps(level: AutonomyLevel): number {
  return STEPS[level]
}

/** Answers a level in words for people. */
export function autonomyWords(level: AutonomyLevel): string {
  return WORDS[level]
}
