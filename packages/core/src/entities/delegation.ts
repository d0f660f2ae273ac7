import type { EffectClass } from "../effect-class.ts"
import type { Id } from "../ids.ts"

/** A standing permission: tokens of one agent may be exchanged by another, which then acts for it. */
export interface Delegation {
  readonly id: Id<"delegation">
  /** The agent that is acted for. */
  readonly from: Id<"agent">
  /** The agent that may act for it. */
  readonly to: Id<"agent">
  /** The most that it may be used for; null leaves that to the token that is exchanged. */
  readonly scope: readonly EffectClass[] | null
  readonly allowedBy: Id<"user">
  readonly allowedAt: Date
  /** When it ends by itself; null where only a person ends it. */
  readonly expiresAt: Date | null
  readonly withdrawnAt: Date | null
}

/** Answers whether a permission to delegate holds at `now`. */
export function delegates({ expiresAt, withdrawnAt }: Delegation, now: Date): boolean {
  return withdrawnAt === null && (expiresAt === null || now < expiresAt)
}
