import { z } from "zod"
import { ById, WithReason } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, post } from "./operation-makers.ts"
import { ObservingView } from "./views/observe.ts"

/** Which agent is to be observed, why, and for how many days. */
export interface ObserveInput extends WithReason {
  readonly days: number
}

const ObserveInput: z.ZodType<ObserveInput> = z.strictObject({
  id: z.string().max(80),
  reason: z.string().min(1).max(1000),
  days: z.int().min(1).max(30),
})

/** Observe mode: what an agent's bounds would stop is let through, kept, and made use of. */
export interface ObserveOperations {
  readonly getAgentObserving: Operation<ById, ObservingView>
  readonly observeAgent: Operation<ObserveInput, ObservingView>
  readonly enforceAgent: Operation<WithReason, ObservingView>
}

export const OBSERVE_OPERATIONS: ObserveOperations = {
  getAgentObserving: get(
    "/agents/:id/observing",
    "signed-in",
    "Whether an agent is observed, until when, and what was let through",
    ById,
    ObservingView,
  ),
  observeAgent: post(
    "/agents/:id/observing",
    "signed-in",
    "Lets an agent do for some days what its own bounds would stop, and keeps what that would have been",
    ObserveInput,
    ObservingView,
  ),
  enforceAgent: post(
    "/agents/:id/observing/end",
    "signed-in",
    "Has the bounds of an agent enforced again",
    WithReason,
    ObservingView,
  ),
}
