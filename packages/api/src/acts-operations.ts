import { type ActKind, ActsInput, ActsWish } from "./act-inputs.ts"
import type { Operation } from "./operation.ts"
import { post } from "./operation-makers.ts"
import type { Operations } from "./operations.ts"
import { ActsPreviewView, ActsReport } from "./views/acts.ts"

/**
 * Acts on many agents. No API token may ask for them, because a token may not resume one either: a machine asks for the
 * single acts, each by its own scope.
 */
export interface ActsOperations {
  readonly previewActs: Operation<ActsWish, ActsPreviewView>
  readonly actOnAgents: Operation<ActsInput, ActsReport>
}

export const ACTS_OPERATIONS: ActsOperations = {
  previewActs: post(
    "/agents/acts/preview",
    "signed-in",
    "Tells what an act would do to up to 500 agents, and whom it would pass over; nothing changes",
    ActsWish,
    ActsPreviewView,
  ),
  actOnAgents: post(
    "/agents/acts",
    "signed-in",
    "Does an act to up to 500 agents, each by itself: one that is refused stops no other",
    ActsInput,
    ActsReport,
  ),
}

/** The operation that does each act to one agent; who may not ask for it may not ask for many either. */
export const SINGLE_ACTS: Readonly<Record<ActKind, keyof Operations>> = {
  suspend: "suspendAgent",
  resume: "resumeAgent",
  dismiss: "dismissAgent",
  retire: "retireAgent",
  "offer-ownership": "offerOwnership",
  "add-maintainer": "addMaintainer",
  "set-next-review": "describeAgent",
}
