import { z } from "zod"
import { ById, WithReason } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, post } from "./operation-makers.ts"
import {
  EnforcingPreviewView,
  ManifestSuggestionView,
  ObservingView,
  RehearsalView,
} from "./views/observe.ts"

/** Which agent is to be observed, why, and for how many days. */
export interface ObserveInput extends WithReason {
  readonly days: number
}

const ObserveInput: z.ZodType<ObserveInput> = z.strictObject({
  id: z.string().max(80),
  reason: z.string().min(1).max(1000),
  days: z.int().min(1).max(30),
})

/** An agent, and the manifest that would be in force; the one that is where none is said. */
export interface EnforcingInput extends ById {
  readonly manifest?: string | undefined
}

const EnforcingInput: z.ZodType<EnforcingInput> = z.strictObject({
  id: z.string().max(80),
  manifest: z.string().min(1).max(262_144).optional(),
})

/** Observe mode: what an agent's bounds would stop is let through, kept, and made use of. */
export interface ObserveOperations {
  readonly getAgentObserving: Operation<ById, ObservingView>
  readonly observeAgent: Operation<ObserveInput, ObservingView>
  readonly enforceAgent: Operation<WithReason, ObservingView>
  readonly previewEnforcing: Operation<EnforcingInput, EnforcingPreviewView>
  readonly recordRehearsal: Operation<ById, RehearsalView>
  readonly suggestManifest: Operation<ById, ManifestSuggestionView>
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
  previewEnforcing: post(
    "/agents/:id/observing/preview",
    "signed-in",
    "Which of the calls that were observed would be denied or asked about, by the manifest in force or a draft",
    EnforcingInput,
    EnforcingPreviewView,
  ),
  recordRehearsal: post(
    "/agents/:id/observing/rehearsal",
    "signed-in",
    "Records that an agent was rehearsed, where its bounds would have denied nothing of what was observed",
    ById,
    RehearsalView,
  ),
  suggestManifest: get(
    "/agents/:id/observing/suggestion",
    "signed-in",
    "The smallest manifest that covers what was observed, and what it would have stopped; nothing is put in force",
    ById,
    ManifestSuggestionView,
  ),
}
