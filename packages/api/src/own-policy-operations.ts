import { readers } from "./access-groups.ts"
import { Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post, put } from "./operation-makers.ts"
import {
  CoverageFilter,
  OwnPoliciesInput,
  PolicyComparisonInput,
  PolicyDraftInput,
  PolicyPlaceInput,
  PolicyVersionInput,
} from "./own-policy-inputs.ts"
import type { Page } from "./paging.ts"
import {
  CoverageView,
  PolicyComparisonView,
  PolicyDocumentsView,
  PolicyDocumentView,
  PolicyGapsView,
  PolicyPreviewView,
  PolicyVersionsView,
  TiersView,
} from "./views/own-policy.ts"

/** By what an organisation rules its agents. */
export interface OwnPolicyOperations {
  readonly listTiers: Operation<Nothing, TiersView>
  readonly listOwnPolicies: Operation<Nothing, PolicyDocumentsView>
  readonly getPolicyGaps: Operation<Nothing, PolicyGapsView>
  readonly listPolicyCoverage: Operation<CoverageFilter, Page<CoverageView>>
  readonly getOwnPolicies: Operation<PolicyVersionInput, PolicyDocumentView>
  readonly listPolicyVersions: Operation<PolicyPlaceInput, PolicyVersionsView>
  readonly comparePolicies: Operation<PolicyComparisonInput, PolicyComparisonView>
  readonly previewOwnPolicies: Operation<PolicyDraftInput, PolicyPreviewView>
  readonly putOwnPolicies: Operation<OwnPoliciesInput, PolicyDocumentView>
}

export const OWN_POLICY_OPERATIONS: OwnPolicyOperations = {
  listTiers: get(
    "/tiers",
    "signed-in",
    "Every ceiling that an agent may be adopted for, and what it reaches",
    Nothing,
    TiersView,
  ),
  listOwnPolicies: get(
    "/policies",
    "signed-in",
    "The documents in force by which the organisation rules its agents",
    Nothing,
    PolicyDocumentsView,
  ),
  getPolicyGaps: get(
    "/policy-gaps",
    readers,
    "What no policy speaks of, and which policies decided nothing lately",
    Nothing,
    PolicyGapsView,
  ),
  listPolicyCoverage: list(
    "/policy-coverage",
    "signed-in",
    "Which tools each agent may use, is asked about or is kept from, and by which policies",
    CoverageFilter,
    CoverageView,
  ),
  getOwnPolicies: get(
    "/policies/:kind/:subject",
    "signed-in",
    "A document of policies as it is in force, or as it was at a version",
    PolicyVersionInput,
    PolicyDocumentView,
  ),
  listPolicyVersions: get(
    "/policies/:kind/:subject/versions",
    "signed-in",
    "Every version of a document of policies, by whom and when",
    PolicyPlaceInput,
    PolicyVersionsView,
  ),
  comparePolicies: get(
    "/policies/:kind/:subject/comparison",
    "signed-in",
    "What is otherwise in one version of a document than in another",
    PolicyComparisonInput,
    PolicyComparisonView,
  ),
  previewOwnPolicies: post(
    "/policies/:kind/:subject/preview",
    "signed-in",
    "Which recorded decisions would come out otherwise by a document, before it is in force",
    PolicyDraftInput,
    PolicyPreviewView,
  ),
  putOwnPolicies: put(
    "/policies/:kind/:subject",
    "signed-in",
    "Puts a document of policies in force, where nobody changed it meanwhile",
    OwnPoliciesInput,
    PolicyDocumentView,
  ),
}
