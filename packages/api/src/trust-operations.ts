import { ById, Nothing, WithReason } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post } from "./operation-makers.ts"
import type { Page } from "./paging.ts"
import { TrustPreviewInput, TrustRuleFilter, TrustRuleInput, TrustTestInput } from "./trust-inputs.ts"
import { TriedTokenView, TrustPreviewView, TrustRuleView } from "./views/trust-rule.ts"

/** The rules by which workloads of outside issuers are agents. */
export interface TrustOperations {
  readonly listTrustRules: Operation<TrustRuleFilter, Page<TrustRuleView>>
  readonly previewTrustRule: Operation<TrustPreviewInput, TrustPreviewView>
  readonly makeTrustRule: Operation<TrustRuleInput, TrustRuleView>
  readonly getTrustRule: Operation<ById, TrustRuleView>
  readonly testTrustRule: Operation<TrustTestInput, TriedTokenView>
  readonly removeTrustRule: Operation<WithReason, Nothing>
}

export const TRUST_OPERATIONS: TrustOperations = {
  listTrustRules: list(
    "/trust-rules",
    "signed-in",
    "Rules by which workloads of outside issuers are agents",
    TrustRuleFilter,
    TrustRuleView,
  ),
  previewTrustRule: post(
    "/trust-rules/preview",
    "signed-in",
    "Tells which tokens a rule would take and which not, and keeps nothing",
    TrustPreviewInput,
    TrustPreviewView,
  ),
  makeTrustRule: post(
    "/trust-rules",
    "signed-in",
    "Lets workloads of an outside issuer be an agent, by a rule",
    TrustRuleInput,
    TrustRuleView,
  ),
  getTrustRule: get("/trust-rules/:id", "signed-in", "One trust rule", ById, TrustRuleView),
  testTrustRule: post(
    "/trust-rules/:id/test",
    "signed-in",
    "Tells what a rule does with a token, and keeps nothing of it",
    TrustTestInput,
    TriedTokenView,
  ),
  removeTrustRule: post(
    "/trust-rules/:id/removal",
    "signed-in",
    "Ends a rule, its install and every token that its workloads got",
    WithReason,
    Nothing,
  ),
}
