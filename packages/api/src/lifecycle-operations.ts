import { stewards } from "./access-groups.ts"
import { ById, WithReason } from "./inputs.ts"
import { RenewalInput } from "./lifecycle-inputs.ts"
import type { Operation } from "./operation.ts"
import { post } from "./operation-makers.ts"
import { AgentDetail } from "./views/agent.ts"

/** What people do about how long agents go on, and about how they end. */
export interface LifecycleOperations {
  readonly renewMandate: Operation<RenewalInput, AgentDetail>
  readonly agreeToRenewal: Operation<ById, AgentDetail>
  readonly declineRenewal: Operation<WithReason, AgentDetail>
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
}
