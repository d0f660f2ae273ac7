import { readers, stewards } from "./access-groups.ts"
import { ById, WithReason } from "./inputs.ts"
import { AttestationInput, RenewalInput, SuccessorInput } from "./lifecycle-inputs.ts"
import type { Operation } from "./operation.ts"
import { get, post, put } from "./operation-makers.ts"
import { AgentDetail } from "./views/agent.ts"
import { PersonDetail } from "./views/directory.ts"
import { DepartureView, RetirementView } from "./views/plan.ts"

/** What people do about how long agents go on, and about how they end. */
export interface LifecycleOperations {
  readonly renewMandate: Operation<RenewalInput, AgentDetail>
  readonly agreeToRenewal: Operation<ById, AgentDetail>
  readonly declineRenewal: Operation<WithReason, AgentDetail>
  readonly nameAgentSuccessor: Operation<SuccessorInput, AgentDetail>
  readonly namePersonSuccessor: Operation<SuccessorInput, PersonDetail>
  readonly getRetirement: Operation<ById, RetirementView>
  readonly attestCredential: Operation<AttestationInput, RetirementView>
  readonly getDeparture: Operation<ById, DepartureView>
}

export const LIFECYCLE_OPERATIONS: LifecycleOperations = {
  renewMandate: post(
    "/agents/:id/renewal",
    "signed-in",
    "Lets your agent go on beyond the end of its mandate, on the same terms",
    RenewalInput,
    AgentDetail,
  ),
  agreeToRenewal: post(
    "/agents/:id/renewal/agreement",
    stewards,
    "Agrees, as the second person, to a renewal",
    ById,
    AgentDetail,
  ),
  declineRenewal: post(
    "/agents/:id/renewal/refusal",
    "signed-in",
    "Declines a renewal that waits, or takes your own back",
    WithReason,
    AgentDetail,
  ),
  nameAgentSuccessor: put(
    "/agents/:id/successor",
    "signed-in",
    "Says who is asked first to own an agent once its owner leaves, or that it is nobody",
    SuccessorInput,
    AgentDetail,
  ),
  namePersonSuccessor: put(
    "/people/:id/successor",
    "signed-in",
    "Says who is asked first to own what a person owns once they leave, or that it is nobody",
    SuccessorInput,
    PersonDetail,
  ),
  getRetirement: get(
    "/agents/:id/retirement",
    "signed-in",
    "How an agent ends, step by step and credential by credential: as it would be run now, or as it is run",
    ById,
    RetirementView,
  ),
  attestCredential: post(
    "/agents/:id/retirement/attestation",
    "signed-in",
    "Attests in your name that a credential of a retiring agent, gone from its place, works no longer",
    AttestationInput,
    RetirementView,
  ),
  getDeparture: get(
    "/people/:id/departure",
    readers,
    "What follows as a person leaves, step by step: as it would be run now, or as it is run",
    ById,
    DepartureView,
  ),
}
