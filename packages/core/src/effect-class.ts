/** What a tool can do to the world, as classes that policies speak of. */
export const EFFECT_CLASSES = [
  "read",
  "write",
  "delete",
  "execute",
  "financial",
  "infrastructure",
  "egress",
] as const

/** One class of effect; a tool has a set of them. */
export type EffectClass = (typeof EFFECT_CLASSES)[number]
