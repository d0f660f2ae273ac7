import { PLAN_ENDS, type PlanEnd } from "@tabard/core"
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

export const DepartureView: z.ZodType<DepartureView> = z.object({
  person: PersonView,
  successor: PersonView.nullable(),
  plan: z
    .object({
      id: z.string(),
      startedAt: z.string(),
      startedBy: PersonView.nullable(),
      ended: z.object({ how: z.enum(PLAN_ENDS), at: z.string() }).nullable(),
    })
    .nullable(),
  steps: z.array(PlanStepView),
  stepsCount: z.number(),
})
