import type { Finding, Id, RiskBand, RiskCounterfactual } from "@tabard/core"
import type { PolicyText, ScopeVerdict } from "@tabard/policy"
import type { AffectedAgent, DocumentChange, DocumentDraft, DocumentPlan } from "./document-plan.ts"

/** The manifest that an agent is to have. */
export interface ManifestDraft {
  readonly agent: string
  readonly text: string
  /** The repository that it is kept in; null where it is in none any more. */
  readonly repository?: string | null | undefined
  /** What is written by hand beside it; null where no file of that lies there. Unsaid, it stays as it is. */
  readonly byHand?: string | null | undefined
}

/** Everything that a pipeline wants to be in force. */
export interface PlanWish {
  readonly drafts: readonly ManifestDraft[]
  /** The organisation's own; unsaid, they stay as they are, and nothing is told of them. */
  readonly documents?: readonly DocumentDraft[] | undefined
  /** Whether what is in force and lies in no file is taken away. */
  readonly prune?: boolean | undefined
}

/** What an agent may do with one tool before and after: `nothing` where no permit speaks of it. */
export interface ToolChange {
  readonly server: string
  readonly tool: string
  readonly before: ScopeVerdict
  readonly after: ScopeVerdict
  /** Everybody's policies that speak on it afterwards; where the answer stays, those of them alone that did not before: their conditions decide. */
  readonly guardRails: readonly string[]
}

/** How risky an agent is, and the one change that would lower that most. */
export interface PlannedRisk {
  readonly score: number
  readonly band: RiskBand
  readonly low: number
  readonly high: number
  readonly counterfactual: RiskCounterfactual | null
}

/** A finding that opens or is resolved by a plan. */
export type PlannedFinding = Pick<Finding, "rule" | "severity" | "message">

/** Whom a change of an agent's access matters to. */
export interface Concerned {
  readonly owner: Id<"user"> | null
  readonly maintainers: readonly Id<"user">[]
  readonly teams: readonly Id<"team">[]
  /** Tasks that are open, and whom each serves. */
  readonly tasks: readonly { readonly id: Id<"task">; readonly onBehalfOf: Id<"user"> }[]
  /** Installs that may act now. */
  readonly installs: number
  /** Agents that may act for it: they may do no more than it may. */
  readonly actingForIt: readonly Id<"agent">[]
  /** Agents that it may act for. */
  readonly actedFor: readonly Id<"agent">[]
}

/** What one manifest changes, with what is written by hand beside it. */
export interface AgentPlan {
  readonly agent: Id<"agent">
  /** `same` where that manifest is in force already, word for word; `reworded` where it means the same. */
  readonly change: "first" | "changed" | "reworded" | "same"
  /** What becomes of what is by hand, and the version of that in force; `none` where there is none. */
  readonly byHand: { readonly change: DocumentChange | "none"; readonly version: number | null }
  /** The version of the manifest in force; null where there is none. */
  readonly version: number | null
  readonly adds: readonly string[]
  readonly takesAway: readonly string[]
  readonly tools: readonly ToolChange[]
  /** What it is compiled to. */
  readonly policies: readonly PolicyText[]
  readonly risk: { readonly before: PlannedRisk; readonly after: PlannedRisk }
  readonly opens: readonly PlannedFinding[]
  readonly resolves: readonly PlannedFinding[]
  readonly concerned: Concerned
}

/** What some manifests would change, and the digest by which exactly this is applied. */
export interface ManifestPlan {
  readonly digest: string
  /** How many agents get another manifest or other policies by hand, and how many documents become others. */
  readonly changes: number
  readonly agents: readonly AgentPlan[]
  readonly documents: readonly DocumentPlan[]
  /** Agents whose manifest is in force and kept in the same repository, and is none of these. It stays. */
  readonly unfiled: readonly Id<"agent">[]
  /** Agents that documents touch and that are not among `agents`, and how many were looked at for that. */
  readonly affected: readonly AffectedAgent[]
  readonly looked: number
}
