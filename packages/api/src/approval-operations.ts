import { ById, VerdictInput } from "./inputs.ts"
import { ApprovalFilter } from "./list-inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post } from "./operation-makers.ts"
import type { Page } from "./paging.ts"
import { ApprovalView } from "./views/approval.ts"

/** Questions to people, and their answers. */
export interface ApprovalOperations {
  readonly listApprovals: Operation<ApprovalFilter, Page<ApprovalView>>
  readonly getApproval: Operation<ById, ApprovalView>
  readonly answerApproval: Operation<VerdictInput, ApprovalView>
}

export const APPROVAL_OPERATIONS: ApprovalOperations = {
  listApprovals: list(
    "/approvals",
    "signed-in",
    "Questions to people, newest first",
    ApprovalFilter,
    ApprovalView,
  ),
  getApproval: get("/approvals/:id", "signed-in", "One question", ById, ApprovalView),
  answerApproval: post(
    "/approvals/:id/verdict",
    "signed-in",
    "Answers a question",
    VerdictInput,
    ApprovalView,
  ),
}
