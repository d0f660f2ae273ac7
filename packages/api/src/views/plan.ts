import { PLAN_ENDS, type PlanEnd, SETTLEMENTS, type SettledHow } from "@tabard/core"
import { z } from "zod"
import { AgentRef } from "./directory.ts"
import { PersonView } from "./person.ts"

/** One step of a plan: what is done to what, and what came of it. */
export interface PlanStepView {
  /** A word of the kind of plan: `hand-over`, say. */
  readonly does: string
  /** What it is done to, by its id. */
  readonly to: string
  /** The agent that it concerns, if one. */
  readonly agent: AgentRef | null
  /** Who is asked by it, and as what, where somebody is. */
  readonly asks: { readonly person: PersonView; readonly as: string } | null
  /** Not before this time. */
  readonly due: string
  readonly done: { readonly at: string; readonly outcome: string } | null
}

export const PlanStepView: z.ZodType<PlanStepView> = z.object({
  does: z.string(),
  to: z.string(),
  agent: AgentRef.nullable(),
  asks: z.object({ person: PersonView, as: z.string() }).nullable(),
  due: z.string(),
  done: z.object({ at: z.string(), outcome: z.string() }).nullable(),
})

/** What follows as a person leaves: as it would be run now, as it is being run, or as it was. */
export interface DepartureView {
  readonly person: PersonView
  readonly successor: PersonView | null
  /** Null where nothing was begun: then the steps are what would be done now. */
  readonly plan: {
    readonly id: string
    readonly startedAt: string
    readonly startedBy: PersonView | null
    readonly ended: { readonly how: PlanEnd; readonly at: string } | null
  } | null
  /** At most 1,000 of them. */
  readonly steps: readonly PlanStepView[]
  readonly stepsCount: number
}

const plan: z.ZodType<DepartureView["plan"]> = z
  .object({
    id: z.string(),
    startedAt: z.string(),
    startedBy: PersonView.nullable(),
    ended: z.object({ how: z.enum(PLAN_ENDS), at: z.string() }).nullable(),
  })
  .nullable()

export const DepartureView: z.ZodType<DepartureView> = z.object({
  person: PersonView,
  successor: PersonView.nullable(),
  plan,
  steps: z.array(PlanStepView),
  stepsCount: z.number(),
})

/** A credential of an agent that ends, and how it stands. */
export interface SettledCredentialView {
  readonly id: string
  /** Whether it was issued here: an install, or a token. */
  readonly ours: boolean
  readonly kind: string
  readonly provider: string | null
  /** Where it was seen. */
  readonly locations: readonly string[]
  /** Whether every place in which it was seen has been looked at since, and it was not there. */
  readonly gone: boolean
  /** How it is known that it works no longer; null while it is not. */
  readonly settled: {
    readonly how: SettledHow
    readonly by: PersonView | null
    readonly refused: string | null
    readonly at: string
  } | null
}

/** How an agent ends: as it would be run now, as it is being run, or as it was. */
export interface RetirementView {
  readonly agent: AgentRef
  readonly plan: DepartureView["plan"]
  readonly steps: readonly PlanStepView[]
  readonly stepsCount: number
  readonly credentials: readonly SettledCredentialView[]
  /** The event that is its certificate; null before there is one. */
  readonly certificate: string | null
}

const SettledCredentialView: z.ZodType<SettledCredentialView> = z.object({
  id: z.string(),
  ours: z.boolean(),
  kind: z.string(),
  provider: z.string().nullable(),
  locations: z.array(z.string()),
  gone: z.boolean(),
  settled: z
    .object({
      how: z.enum(SETTLEMENTS),
      by: PersonView.nullable(),
      refused: z.string().nullable(),
      at: z.string(),
    })
    .nullable(),
})

export const RetirementView: z.ZodType<RetirementView> = z.object({
  agent: AgentRef,
  plan,
  steps: z.array(PlanStepView),
  stepsCount: z.number(),
  credentials: z.array(SettledCredentialView),
  certificate: z.string().nullable(),
})
