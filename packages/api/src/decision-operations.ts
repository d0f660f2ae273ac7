import { AskedDecision, DecisionFilter, SupposedCall } from "./decision-inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post } from "./operation-makers.ts"
import type { Page } from "./paging.ts"
import { DecisionDetail, DecisionView, WhatIfView } from "./views/decision.ts"

/** What was decided, why, and what would be decided otherwise. */
export interface DecisionOperations {
  readonly listDecisions: Operation<DecisionFilter, Page<DecisionView>>
  readonly getDecision: Operation<AskedDecision, DecisionDetail>
  readonly askWhatIf: Operation<SupposedCall, WhatIfView>
}

export const DECISION_OPERATIONS: DecisionOperations = {
  listDecisions: list(
    "/decisions",
    "signed-in",
    "What was decided about calls, newest first",
    DecisionFilter,
    DecisionView,
  ),
  getDecision: get(
    "/decisions/:id",
    "signed-in",
    "One decision, by its id or its call's, with all that explains it",
    AskedDecision,
    DecisionDetail,
  ),
  askWhatIf: post(
    "/what-if",
    "signed-in",
    "What would be decided of a call that nobody makes, or of a recorded one with anything changed; it has no effect",
    SupposedCall,
    WhatIfView,
  ),
}
