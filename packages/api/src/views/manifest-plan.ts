import { RISK_BANDS, type RiskBand, SEVERITIES, type Severity } from "@tabard/core"
import { z } from "zod"
import { PolicyView } from "./manifest.ts"
import { PersonView } from "./person.ts"
import { RiskSummary } from "./risk.ts"

const VERDICTS = ["permit", "ask", "deny", "nothing"] as const

/** What an agent may do with a tool; `nothing` where no permit speaks of it. */
export type PlannedVerdict = (typeof VERDICTS)[number]

/** How risky an agent is, and the one change that would lower that most. */
export interface PlannedRiskView extends RiskSummary {
  readonly counterfactual: { readonly say: string; readonly score: number; readonly band: RiskBand } | null
}

const PlannedRiskView: z.ZodType<PlannedRiskView> = z.intersection(
  RiskSummary,
  z.object({
    counterfactual: z.object({ say: z.string(), score: z.number(), band: z.enum(RISK_BANDS) }).nullable(),
  }),
)

/** A finding that opens or is resolved. */
export interface PlannedFindingView {
  readonly rule: string
  readonly severity: Severity
  readonly message: string
}

const PlannedFindingView: z.ZodType<PlannedFindingView> = z.object({
  rule: z.string(),
  severity: z.enum(SEVERITIES),
  message: z.string(),
})

/** An agent by its id and its name today. */
export interface NamedAgentView {
  readonly id: string
  readonly name: string
}

const NamedAgentView: z.ZodType<NamedAgentView> = z.object({ id: z.string(), name: z.string() })

/** What an agent may do with a tool before and after. */
export interface ToolChangeView {
  readonly server: string
  readonly tool: string
  readonly before: PlannedVerdict
  readonly after: PlannedVerdict
  /** Everybody's policies that speak on it afterwards. */
  readonly guardRails: readonly string[]
}

const ToolChangeView: z.ZodType<ToolChangeView> = z.object({
  server: z.string(),
  tool: z.string(),
  before: z.enum(VERDICTS),
  after: z.enum(VERDICTS),
  guardRails: z.array(z.string()),
})

const DOCUMENT_CHANGES = ["first", "changed", "reworded", "same", "removed", "unfiled"] as const

/** What becomes of a document: `reworded` means the same, `unfiled` is in force, lies in no file and stays. */
export type DocumentChangeView = (typeof DOCUMENT_CHANGES)[number]

/** What becomes of one of the organisation's documents. */
export interface DocumentPlanView {
  readonly kind: "guard" | "offered" | "tier" | "set"
  readonly subject: string
  readonly change: DocumentChangeView
  /** The version in force. */
  readonly version: number | null
  readonly adds: readonly string[]
  readonly takesAway: readonly string[]
}

/** What becomes of one of the organisation's documents. */
export const DocumentPlanView: z.ZodType<DocumentPlanView> = z.object({
  kind: z.enum(["guard", "offered", "tier", "set"]),
  subject: z.string(),
  change: z.enum(DOCUMENT_CHANGES),
  version: z.int().nullable(),
  adds: z.array(z.string()),
  takesAway: z.array(z.string()),
})

/** An agent that documents touch, and whose manifest stays as it is. */
export interface AffectedAgentView {
  readonly agent: NamedAgentView
  /** Whether its manifest compiles no longer. */
  readonly stops: boolean
  readonly tools: readonly ToolChangeView[]
  readonly risk: { readonly before: PlannedRiskView; readonly after: PlannedRiskView }
}

/** An agent that documents touch, and whose manifest stays as it is. */
export const AffectedAgentView: z.ZodType<AffectedAgentView> = z.object({
  agent: NamedAgentView,
  stops: z.boolean(),
  tools: z.array(ToolChangeView),
  risk: z.object({ before: PlannedRiskView, after: PlannedRiskView }),
})

const AGENT_CHANGES = ["first", "changed", "reworded", "same"] as const

/** What one manifest changes, with what is written by hand beside it. */
export interface AgentPlanView {
  readonly agent: NamedAgentView
  /** `same` where that manifest is in force already, word for word; `reworded` where it means the same. */
  readonly change: (typeof AGENT_CHANGES)[number]
  /** What becomes of what is by hand; `none` where there is nothing. */
  readonly byHand: { readonly change: DocumentChangeView | "none"; readonly version: number | null }
  /** The version of the manifest in force. */
  readonly version: number | null
  readonly adds: readonly string[]
  readonly takesAway: readonly string[]
  readonly tools: readonly ToolChangeView[]
  readonly policies: readonly PolicyView[]
  readonly risk: { readonly before: PlannedRiskView; readonly after: PlannedRiskView }
  readonly opens: readonly PlannedFindingView[]
  readonly resolves: readonly PlannedFindingView[]
  readonly owner: PersonView | null
  readonly maintainers: readonly PersonView[]
  /** How many teams help. */
  readonly teams: number
  readonly tasks: readonly { readonly id: string; readonly onBehalfOf: PersonView }[]
  /** Installs that may act now. */
  readonly installs: number
  /** Agents that may act for it. */
  readonly actingForIt: readonly NamedAgentView[]
  /** Agents that it may act for. */
  readonly actedFor: readonly NamedAgentView[]
}

const AgentPlanView: z.ZodType<AgentPlanView> = z.object({
  agent: NamedAgentView,
  change: z.enum(AGENT_CHANGES),
  byHand: z.object({ change: z.enum([...DOCUMENT_CHANGES, "none"]), version: z.int().nullable() }),
  version: z.int().nullable(),
  adds: z.array(z.string()),
  takesAway: z.array(z.string()),
  tools: z.array(ToolChangeView),
  policies: z.array(PolicyView),
  risk: z.object({ before: PlannedRiskView, after: PlannedRiskView }),
  opens: z.array(PlannedFindingView),
  resolves: z.array(PlannedFindingView),
  owner: PersonView.nullable(),
  maintainers: z.array(PersonView),
  teams: z.int(),
  tasks: z.array(z.object({ id: z.string(), onBehalfOf: PersonView })),
  installs: z.int(),
  actingForIt: z.array(NamedAgentView),
  actedFor: z.array(NamedAgentView),
})

/** What some manifests change, and the digest by which exactly this is applied. */
export interface ManifestPlanView {
  readonly digest: string
  /** How many agents get another manifest or other policies by hand, and how many documents become others. */
  readonly changes: number
  readonly agents: readonly AgentPlanView[]
  readonly documents: readonly DocumentPlanView[]
  /** Agents whose manifest is in force and kept in the same repository, and is none of these. It stays. */
  readonly unfiled: readonly NamedAgentView[]
  /** Agents that documents touch and that are not among `agents`, and how many were looked at for that. */
  readonly affected: readonly AffectedAgentView[]
  readonly looked: number
}

export const ManifestPlanView: z.ZodType<ManifestPlanView> = z.object({
  digest: z.string(),
  changes: z.int(),
  agents: z.array(AgentPlanView),
  documents: z.array(DocumentPlanView),
  unfiled: z.array(NamedAgentView),
  affected: z.array(AffectedAgentView),
  looked: z.int(),
})
