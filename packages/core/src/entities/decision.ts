import type { Id } from "../ids.ts"

/** What the decision point answers. `ask` means: permitted once a person has agreed. */
export const EFFECTS = ["permit", "ask", "deny"] as const

/** One answer of the decision point. */
export type Effect = (typeof EFFECTS)[number]

/** A decision as it was recorded when a door enforced it. */
export interface DecisionRecord {
  readonly id: Id<"decision">
  readonly call: Id<"call">
  readonly agent: Id<"agent">
  readonly task: Id<"task"> | null
  readonly action: string
  readonly resource: string
  readonly effect: Effect
  readonly code: string
  /** The policies that brought it about, or none where nothing matched. */
  readonly reasons: readonly string[]
  readonly approval: Id<"approval"> | null
  /** The version of all policy inputs that it was made on. */
  readonly version: number
  readonly at: Date
}
