import type { Id } from "../ids.ts"
import type { JsonObject } from "../json.ts"

/** What a plan brings to its end: what a person leaves behind, or an agent for ever. */
export const PLAN_KINDS = ["departure", "retirement"] as const

/** One kind of plan. */
export type PlanKind = (typeof PLAN_KINDS)[number]

/** How a plan ended: every step was done, or what it was for came back. */
export const PLAN_ENDS = ["done", "cancelled"] as const

/** One way in which a plan ended. */
export type PlanEnd = (typeof PLAN_ENDS)[number]

/** A row of steps that is kept, so that whoever stops half-way goes on where they were. */
export interface Plan {
  readonly id: Id<"plan">
  readonly kind: PlanKind
  /** Who leaves, or which agent ends. */
  readonly subject: Id<"user"> | Id<"agent">
  /** Null where no person began it. */
  readonly startedBy: Id<"user"> | null
  readonly startedAt: Date
  /** When its steps were written; null until then. */
  readonly laidAt: Date | null
  readonly ended: { readonly how: PlanEnd; readonly at: Date } | null
}

/** What a step does, and to what. */
export interface StepWish {
  /** What is done: a word of the kind of plan. */
  readonly does: string
  /** What it is done to, by its id. */
  readonly to: string
  /** The agent that it concerns, if one. */
  readonly agent: Id<"agent"> | null
  /** What else it needs: ids and words of ours. */
  readonly with: JsonObject
  /** Not before this time. */
  readonly due: Date
}

/** One step of a plan; done at most once. */
export interface PlanStep extends StepWish {
  readonly plan: Id<"plan">
  readonly position: number
  /** When it was done and what came of it; null while it is not. */
  readonly done: { readonly at: Date; readonly outcome: string } | null
}
