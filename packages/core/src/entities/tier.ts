/** The ceilings that ship with the product; an organisation adds its own. */
export const TIERS = ["read-only", "transactional", "operator"] as const

/** A named ceiling for intents. */
export type TierName = (typeof TIERS)[number]
