import type { Handlers } from "./handler.ts"
import { aboutHandlers } from "./handlers/about-handlers.ts"
import { accessHandlers } from "./handlers/access-handlers.ts"
import { actsHandlers } from "./handlers/acts-handlers.ts"
import { agentHandlers } from "./handlers/agent-handlers.ts"
import { apiTokenHandlers } from "./handlers/api-token-handlers.ts"
import { applicationHandlers } from "./handlers/application-handlers.ts"
import { approvalHandlers } from "./handlers/approval-handlers.ts"
import { channelHandlers } from "./handlers/channel-handlers.ts"
import { clientHandlers } from "./handlers/client-handlers.ts"
import { clientRequestHandlers } from "./handlers/client-request-handlers.ts"
import { decisionHandlers } from "./handlers/decision-handlers.ts"
import { delegationHandlers } from "./handlers/delegation-handlers.ts"
import { deviceHandlers } from "./handlers/device-handlers.ts"
import { directoryHandlers } from "./handlers/directory-handlers.ts"
import { eventHandlers } from "./handlers/event-handlers.ts"
import { exportHandlers } from "./handlers/export-handlers.ts"
import { findingHandlers } from "./handlers/finding-handlers.ts"
import { healthHandlers } from "./handlers/health-handlers.ts"
import { instanceHandlers } from "./handlers/instance-handlers.ts"
import { inventoryHandlers } from "./handlers/inventory-handlers.ts"
import { issuerHandlers } from "./handlers/issuer-handlers.ts"
import { keyHandlers } from "./handlers/key-handlers.ts"
import { lifecycleHandlers } from "./handlers/lifecycle-handlers.ts"
import { logHandlers } from "./handlers/log-handlers.ts"
import { logPolicyHandlers } from "./handlers/log-policy-handlers.ts"
import { manifestPlanHandlers } from "./handlers/manifest-plan-handlers.ts"
import { notificationHandlers } from "./handlers/notification-handlers.ts"
import { observeHandlers } from "./handlers/observe-handlers.ts"
import { ownPolicyHandlers } from "./handlers/own-policy-handlers.ts"
import { ownershipHandlers } from "./handlers/ownership-handlers.ts"
import { peopleFileHandlers } from "./handlers/people-file-handlers.ts"
import { peopleHandlers } from "./handlers/people-handlers.ts"
import { policyTestHandlers } from "./handlers/policy-test-handlers.ts"
import { provisioningHandlers } from "./handlers/provisioning-handlers.ts"
import { reachHandlers } from "./handlers/reach-handlers.ts"
import { recordHandlers } from "./handlers/record-handlers.ts"
import { registerHandlers } from "./handlers/register-handlers.ts"
import { reporterHandlers } from "./handlers/reporter-handlers.ts"
import { retentionHandlers } from "./handlers/retention-handlers.ts"
import { savedViewHandlers } from "./handlers/saved-view-handlers.ts"
import { searchHandlers } from "./handlers/search-handlers.ts"
import { seenHandlers } from "./handlers/seen-handlers.ts"
import { serverHandlers } from "./handlers/server-handlers.ts"
import { sessionHandlers } from "./handlers/session-handlers.ts"
import { signalHandlers } from "./handlers/signal-handlers.ts"
import { sinkHandlers } from "./handlers/sink-handlers.ts"
import { taskHandlers } from "./handlers/task-handlers.ts"
import { teamHandlers } from "./handlers/team-handlers.ts"
import { toolHandlers } from "./handlers/tool-handlers.ts"
import { trustHandlers } from "./handlers/trust-handlers.ts"
import type { ApiServices } from "./services.ts"

/** Every operation's handler. */
export function allHandlers(services: ApiServices): Handlers {
  return {
    ...aboutHandlers(services),
    ...healthHandlers(services),
    ...accessHandlers(services),
    ...actsHandlers(services),
    ...agentHandlers(services),
    ...apiTokenHandlers(services),
    ...applicationHandlers(services),
    ...approvalHandlers(services),
    ...channelHandlers(services),
    ...logPolicyHandlers(services),
    ...notificationHandlers(services),
    ...ownPolicyHandlers(services),
    ...policyTestHandlers(services),
    ...ownershipHandlers(services),
    ...clientHandlers(services),
    ...clientRequestHandlers(services),
    ...decisionHandlers(services),
    ...manifestPlanHandlers(services),
    ...delegationHandlers(services),
    ...deviceHandlers(services),
    ...directoryHandlers(services),
    ...provisioningHandlers(services),
    ...eventHandlers(services),
    ...exportHandlers(services),
    ...findingHandlers(services),
    ...instanceHandlers(services),
    ...inventoryHandlers(services),
    ...issuerHandlers(services),
    ...lifecycleHandlers(services),
    ...peopleFileHandlers(services),
    ...peopleHandlers(services),
    ...keyHandlers(services),
    ...logHandlers(services),
    ...recordHandlers(services),
    ...observeHandlers(services),
    ...reachHandlers(services),
    ...registerHandlers(services),
    ...reporterHandlers(services),
    ...retentionHandlers(services),
    ...seenHandlers(services),
    ...searchHandlers(services),
    ...savedViewHandlers(services),
    ...serverHandlers(services),
    ...sessionHandlers(services),
    ...signalHandlers(services),
    ...sinkHandlers(services),
    ...taskHandlers(services),
    ...teamHandlers(services),
    ...toolHandlers(services),
    ...trustHandlers(services),
  }
}
