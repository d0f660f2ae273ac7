import type { Id } from "@tabard/core"
import type { OwnKind } from "../policies/own-address.ts"
import type { PlannedRisk, ToolChange } from "./manifest-plan.ts"

/** A document of the organisation's as it is to be. What is by hand belongs to a manifest, and comes with it. */
export interface DocumentDraft {
  readonly kind: Exclude<OwnKind, "cases" | "hand">
  readonly subject: string
  readonly source: string
}

/**
 * What becomes of a document: `reworded` means the same as before, `removed` is taken away, and `unfiled` is in force, lies in no file
 * and stays.
 */
export type DocumentChange = "first" | "changed" | "reworded" | "same" | "removed" | "unfiled"

/** A document that is in force, or is to be. */
export interface DocumentPlan {
  readonly kind: DocumentDraft["kind"]
  readonly subject: string
  readonly change: DocumentChange
  /** The version in force; null where there is none. */
  readonly version: number | null
  readonly adds: readonly string[]
  readonly takesAway: readonly string[]
}

/** An agent that documents touch, and whose manifest stays as it is. */
export interface AffectedAgent {
  readonly agent: Id<"agent">
  /** Whether its manifest compiles no longer, so that it may do nothing. */
  readonly stops: boolean
  readonly tools: readonly ToolChange[]
  readonly risk: { readonly before: PlannedRisk; readonly after: PlannedRisk }
}
