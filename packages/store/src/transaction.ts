import type { Transaction } from "@tabard/control"
import type { Scope } from "./scope.ts"
import { agentStore } from "./stores/agent-store.ts"
import { apiTokenStore } from "./stores/api-token-store.ts"
import { approvalStore } from "./stores/approval-store.ts"
import { bindingStore } from "./stores/binding-store.ts"
import { channelStore } from "./stores/channel-store.ts"
import { choiceStore } from "./stores/choice-store.ts"
import { clientGrantStore } from "./stores/client-grant-store.ts"
import { clientStore } from "./stores/client-store.ts"
import { correlationStore } from "./stores/correlation-store.ts"
import { deadLetterStore } from "./stores/dead-letter-store.ts"
import { decisionStore } from "./stores/decision-store.ts"
import { delegationStore } from "./stores/delegation-store.ts"
import { deliveryStore } from "./stores/delivery-store.ts"
import { enforcementPointStore } from "./stores/enforcement-point-store.ts"
import { eventStore } from "./stores/event-store.ts"
import { factStore } from "./stores/fact-store.ts"
import { findingStore } from "./stores/finding-store.ts"
import { idempotencyStore } from "./stores/idempotency-store.ts"
import { instanceStore } from "./stores/instance-store.ts"
import { invitationStore } from "./stores/invitation-store.ts"
import { keyStore } from "./stores/key-store.ts"
import { leaseStore } from "./stores/lease-store.ts"
import { lifecycleStores } from "./stores/lifecycle-stores.ts"
import { logCheckpointStore } from "./stores/log-checkpoint-store.ts"
import { logFaultStore } from "./stores/log-fault-store.ts"
import { logGenerationStore } from "./stores/log-generation-store.ts"
import { logPolicyStore } from "./stores/log-policy-store.ts"
import { logStateStore } from "./stores/log-state-store.ts"
import { maintainerStore } from "./stores/maintainer-store.ts"
import { notificationStore } from "./stores/notification-store.ts"
import { oauthModelStore } from "./stores/oauth-model-store.ts"
import { observationStore } from "./stores/observation-store.ts"
import { organisationStore } from "./stores/organisation-store.ts"
import { policyStore } from "./stores/policy-store.ts"
import { provisionedStore } from "./stores/provisioned-store.ts"
import { replayStore } from "./stores/replay-store.ts"
import { reporterStore } from "./stores/reporter-store.ts"
import { retentionStore } from "./stores/retention-store.ts"
import { riskStore } from "./stores/risk-store.ts"
import { savedViewStore } from "./stores/saved-view-store.ts"
import { searchStore } from "./stores/search-store.ts"
import { serverStore } from "./stores/server-store.ts"
import { sessionStore } from "./stores/session-store.ts"
import { signInLinkStore } from "./stores/sign-in-link-store.ts"
import { signalSetStore } from "./stores/signal-set-store.ts"
import { signalSourceStore } from "./stores/signal-source-store.ts"
import { signalStreamStore } from "./stores/signal-stream-store.ts"
import { sinkProgressStore } from "./stores/sink-progress-store.ts"
import { sinkStore } from "./stores/sink-store.ts"
import { taskStore } from "./stores/task-store.ts"
import { teamStore } from "./stores/team-store.ts"
import { tokenStore } from "./stores/token-store.ts"
import { trustRuleStore } from "./stores/trust-rule-store.ts"
import { userStore } from "./stores/user-store.ts"
import { witnessStore } from "./stores/witness-store.ts"

/** Every store over one transaction of one organisation. */
export function transactionOver(scope: Scope): Transaction {
  return {
    agents: agentStore(scope),
    apiTokens: apiTokenStore(scope),
    approvals: approvalStore(scope),
    bindings: bindingStore(scope),
    channels: channelStore(scope),
    choices: choiceStore(scope),
    clientGrants: clientGrantStore(scope),
    clients: clientStore(scope),
    correlations: correlationStore(scope),
    deadLetters: deadLetterStore(scope),
    decisions: decisionStore(scope),
    delegations: delegationStore(scope),
    deliveries: deliveryStore(scope),
    enforcementPoints: enforcementPointStore(scope),
    facts: factStore(scope),
    findings: findingStore(scope),
    idempotency: idempotencyStore(scope),
    instances: instanceStore(scope),
    invitations: invitationStore(scope),
    keys: keyStore(scope),
    ...lifecycleStores(scope),
    leases: leaseStore(scope),
    logCheckpoints: logCheckpointStore(scope),
    logs: logGenerationStore(scope),
    logPolicy: logPolicyStore(scope),
    logFaults: logFaultStore(scope),
    logState: logStateStore(scope),
    maintainers: maintainerStore(scope),
    notifications: notificationStore(scope),
    oauthModels: oauthModelStore(scope),
    observations: observationStore(scope),
    organisation: organisationStore(scope),
    outbox: eventStore(scope),
    policies: policyStore(scope),
    provisioned: provisionedStore(scope),
    replays: replayStore(scope),
    reporters: reporterStore(scope),
    retention: retentionStore(scope),
    risks: riskStore(scope),
    search: searchStore(scope),
    servers: serverStore(scope),
    sessions: sessionStore(scope),
    signInLinks: signInLinkStore(scope),
    signalSets: signalSetStore(scope),
    signalSources: signalSourceStore(scope),
    signalStreams: signalStreamStore(scope),
    sinkProgress: sinkProgressStore(scope),
    sinks: sinkStore(scope),
    tasks: taskStore(scope),
    teams: teamStore(scope),
    tokens: tokenStore(scope),
    trustRules: trustRuleStore(scope),
    users: userStore(scope),
    views: savedViewStore(scope),
    witnesses: witnessStore(scope),
  }
}
