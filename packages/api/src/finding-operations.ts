import { FindingAcceptance, FindingFilter } from "./finding-inputs.ts"
import * as inputs from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post } from "./operation-makers.ts"
import { type Page, Paged, type PageQuery } from "./paging.ts"
import { FindingView, RuleView } from "./views/finding.ts"

/** What is to be put right, and by which rules. */
export interface FindingOperations {
  readonly listFindings: Operation<FindingFilter, Page<FindingView>>
  readonly getFinding: Operation<inputs.ById, FindingView>
  readonly acceptFinding: Operation<FindingAcceptance, FindingView>
  readonly reopenFinding: Operation<inputs.WithReason, FindingView>
  readonly listRules: Operation<PageQuery, Page<RuleView>>
}

export const FINDING_OPERATIONS: FindingOperations = {
  listFindings: list(
    "/findings",
    "signed-in",
    "What is to be put right, the worst first",
    FindingFilter,
    FindingView,
  ),
  getFinding: get("/findings/:id", "signed-in", "One finding", inputs.ById, FindingView),
  acceptFinding: post(
    "/findings/:id/acceptance",
    "signed-in",
    "Lives with a finding until a date, for a reason",
    FindingAcceptance,
    FindingView,
  ),
  reopenFinding: post(
    "/findings/:id/reopening",
    "signed-in",
    "Takes the acceptance of a finding back",
    inputs.WithReason,
    FindingView,
  ),
  listRules: list(
    "/rules",
    "signed-in",
    "Every rule that findings follow from, and how many stand",
    Paged,
    RuleView,
  ),
}
