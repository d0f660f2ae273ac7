import { Problem } from "@tabard/core"

/** The longest that an agent may go on by one word of its people. */
const MAX_LIFE_MS = 366 * 24 * 3600 * 1000

/**
 * Lets an end through that lies ahead, and no more than a year.
 *
 * @throws {Problem} body_invalid
 */
export function assertLifetime(expiresAt: Date, now: Date): void {
  const life = expiresAt.getTime() - now.getTime()
  if (life > 0 && life <= MAX_LIFE_MS) return
  throw new Problem("body_invalid", "expiresAt must lie ahead, and no more than a year")
}
