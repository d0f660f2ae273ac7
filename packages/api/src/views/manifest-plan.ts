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

/** What one manifest changes. */
export interface AgentPlanView {
  readonly agent: NamedAgentView
  /** `same` where that manifest is in force already, word for word. */
  readonly change: "first" | "changed" | "same"
  /** The version of the manifest in force. */
  readonly version: number | null
  readonly adds: readonly string[]
  readonly takesAway: readonly string[]
  readonly tools: readonly {
    readonly server: string
    readonly tool: string
    readonly before: PlannedVerdict
    readonly after: PlannedVerdict
    /** Everybody's policies that speak on it afterwards. */
    readonly guardRails: readonly string[]
  }[]
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
  change: z.enum(["first", "changed", "same"]),
  version: z.int().nullable(),
  adds: z.array(z.string()),
  takesAway: z.array(z.string()),
  tools: z.array(
    z.object({
      server: z.string(),
      tool: z.string(),
      before: z.enum(VERDICTS),
      after: z.enum(VERDICTS),
      guardRails: z.array(z.string()),
    }),
  ),
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
  /** How many agents get another manifest. */
  readonly changes: number
  readonly agents: readonly AgentPlanView[]
}

export const ManifestPlanView: z.ZodType<ManifestPlanView> = z.object({
  digest: z.string(),
  changes: z.int(),
  agents: z.array(AgentPlanView),
})
