import type { Id } from "../ids.ts"

/** That an owner wants an agent to go on beyond the end of its mandate, on the same terms: waits for a second person. */
export interface Renewal {
  readonly agent: Id<"agent">
  readonly expiresAt: Date
  readonly askedBy: Id<"user">
  readonly askedAt: Date
}
