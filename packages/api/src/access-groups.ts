import type { Role } from "@tabard/core"

/** Who runs the installation. */
export const administrators: readonly Role[] = ["administrator"]
/** Who looks after other people's agents. */
export const stewards: readonly Role[] = ["administrator", "security"]
/** Who sees the whole organisation. */
export const readers: readonly Role[] = [...stewards, "auditor"]
