import {
  AGENT_STATES,
  type AgentState,
  CATEGORIES,
  type Category,
  RISK_BANDS,
  type RiskBand,
} from "@tabard/core"
import { z } from "zod"

/** How risky an agent is: a number from 0 to 100 and its band, and how far it could lie off. */
export interface RiskSummary {
  readonly score: number
  readonly band: RiskBand
  /** The score if all that is unknown turned out best, and worst. */
  readonly low: number
  readonly high: number
}

const summary = {
  score: z.number(),
  band: z.enum(RISK_BANDS),
  low: z.number(),
  high: z.number(),
}

export const RiskSummary: z.ZodType<RiskSummary> = z.object(summary)

/** One agent in the picture of access × autonomy. */
export interface RiskPictureAgent extends RiskSummary {
  readonly id: string
  readonly name: string
  /** Null where neither a scan nor a person has said. */
  readonly category: Category | null
  readonly state: AgentState
  /** Whether nobody answers for it. */
  readonly orphaned: boolean
  /** 0 to 10 each. */
  readonly access: number
  readonly autonomy: number
}

/** The riskiest agents, and how many more there are than can be shown. */
export interface RiskPictureView {
  readonly agents: readonly RiskPictureAgent[]
  readonly left: number
}

export const RiskPictureView: z.ZodType<RiskPictureView> = z.object({
  agents: z.array(
    z.object({
      ...summary,
      id: z.string(),
      name: z.string(),
      category: z.enum(CATEGORIES).nullable(),
      state: z.enum(AGENT_STATES),
      orphaned: z.boolean(),
      access: z.number(),
      autonomy: z.number(),
    }),
  ),
  left: z.number(),
})

/** One thing that an agent's risk is made of. */
export interface RiskPointView {
  readonly side: "access" | "autonomy"
  readonly what: string
  readonly points: number
  readonly evidence: readonly string[]
}

/** An agent's risk, explained to the point. */
export interface RiskView extends RiskSummary {
  /** 0 to 10 each; the points of each side add up to it, and their product is the score. */
  readonly access: number
  readonly autonomy: number
  readonly points: readonly RiskPointView[]
  readonly unknown: readonly string[]
  /** The one change that lowers it most; null where no single one does. */
  readonly counterfactual: {
    readonly say: string
    readonly score: number
    readonly band: RiskBand
  } | null
  /** How it changed, the newest first. */
  readonly history: readonly (RiskSummary & { readonly at: string })[]
}

export const RiskView: z.ZodType<RiskView> = z.object({
  ...summary,
  access: z.number(),
  autonomy: z.number(),
  points: z.array(
    z.object({
      side: z.enum(["access", "autonomy"]),
      what: z.string(),
      points: z.number(),
      evidence: z.array(z.string()),
    }),
  ),
  unknown: z.array(z.string()),
  counterfactual: z.object({ say: z.string(), score: z.number(), band: z.enum(RISK_BANDS) }).nullable(),
  history: z.array(z.object({ ...summary, at: z.string() })),
})
