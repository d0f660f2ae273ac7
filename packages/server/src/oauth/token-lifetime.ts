import { LIFETIME_MINUTES } from "@tabard/core"

/** No token of ours lives longer, whatever it says of itself and whatever was settled. */
export const MAX_LIFETIME_SECONDS: number = LIFETIME_MINUTES.max * 60
