import type { Transaction } from "@tabard/control"
import type { Scope } from "./scope.ts"
import { agentStore } from "./stores/agent-store.ts"
import { apiTokenStore } from "./stores/api-token-store.ts"
import { applicationStore } from "./stores/application-store.ts"
import { approvalStore } from "./stores/approval-store.ts"
import { bindingStore } from "./stores/binding-store.ts"
import { budgetStore } from "./stores/budget-store.ts"
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
import { logCheckpointStore } from "./stores/log-checkpoint-store.ts"
import { logFaultStore } from "./stores/log-fault-store.ts"
import { logGenerationStore } from "./stores/log-generation-store.ts"
import { logPolicyStore } from "./stores/log-policy-store.ts"
import { logStateStore } from "./stores/log-state-store.ts"
import { maintainerStore } from "./stores/maintainer-store.ts"
import { notificationStore } from "./stores/notification-store.ts"
import { oauthModelStore } from "./stores/oauth-model-store.ts"
import { observationStore } from "./stores/observation-store.ts"
import { observeStore } from "./stores/observe-store.ts"
import { offerStore } from "./stores/offer-store.ts"
import { organisationStore } from "./stores/organisation-store.ts"
import { planStore } from "./stores/plan-store.ts"
import { policyStore } from "./stores/policy-store.ts"
import { provisionedStore } from "./stores/provisioned-store.ts"
import { reachStore } from "./stores/reach-store.ts"
import { renewalStore, warningStore } from "./stores/renewal-store.ts"
import { replayStore } from "./stores/replay-store.ts"
import { reporterStore } from "./stores/reporter-store.ts"
import { retentionStore } from "./stores/retention-store.ts"
import { riskStore } from "./stores/risk-store.ts"
import { savedViewStore } from "./stores/saved-view-store.ts"
import { searchStore } from "./stores/search-store.ts"
import { serverStore } from "./stores/server-store.ts"
import { sessionStore } from "./stores/session-store.ts"
import { settlementStore } from "./stores/settlement-store.ts"
import { signInLinkStore } from "./stores/sign-in-link-store.ts"
import { signalSetStore } from "./stores/signal-set-store.ts"
import { signalSourceStore } from "./stores/signal-source-store.ts"
import { signalStreamStore } from "./stores/signal-stream-store.ts"
import { sinkProgressStore } from "./stores/sink-progress-store.ts"
import { sinkStore } from "./stores/sink-store.ts"
import { successorStore } from "./stores/successor-store.ts"
import { taskStore } from "./stores/task-store.ts"
import { teamStore } from "./stores/team-store.ts"
import { tokenStore } from "./stores/token-store.ts"
import { trustRuleStore } from "./stores/trust-rule-store.ts"
import { userStore } from "./stores/user-store.ts"
import { witnessStore } from "./stores/witness-store.ts"

/** How each store is made. */
const STORES: { readonly [Name in keyof Transaction]: (scope: Scope) => Transaction[Name] } = {
  agents: agentStore,
  apiTokens: apiTokenStore,
  applications: applicationStore,
  approvals: approvalStore,
  budgets: budgetStore,
  bindings: bindingStore,
  channels: channelStore,
  choices: choiceStore,
  clientGrants: clientGrantStore,
  clients: clientStore,
  correlations: correlationStore,
  deadLetters: deadLetterStore,
  decisions: decisionStore,
  delegations: delegationStore,
  deliveries: deliveryStore,
  enforcementPoints: enforcementPointStore,
  facts: factStore,
  findings: findingStore,
  idempotency: idempotencyStore,
  instances: instanceStore,
  invitations: invitationStore,
  keys: keyStore,
  leases: leaseStore,
  logCheckpoints: logCheckpointStore,
  logFaults: logFaultStore,
  logPolicy: logPolicyStore,
  logState: logStateStore,
  logs: logGenerationStore,
  maintainers: maintainerStore,
  notifications: notificationStore,
  oauthModels: oauthModelStore,
  observations: observationStore,
  observing: observeStore,
  offers: offerStore,
  organisation: organisationStore,
  outbox: eventStore,
  plans: planStore,
  policies: policyStore,
  provisioned: provisionedStore,
  reaches: reachStore,
  renewals: renewalStore,
  replays: replayStore,
  reporters: reporterStore,
  retention: retentionStore,
  risks: riskStore,
  search: searchStore,
  servers: serverStore,
  sessions: sessionStore,
  settlements: settlementStore,
  signInLinks: signInLinkStore,
  signalSets: signalSetStore,
  signalSources: signalSourceStore,
  signalStreams: signalStreamStore,
  sinkProgress: sinkProgressStore,
  sinks: sinkStore,
  successors: successorStore,
  tasks: taskStore,
  teams: teamStore,
  tokens: tokenStore,
  trustRules: trustRuleStore,
  users: userStore,
  views: savedViewStore,
  warnings: warningStore,
  witnesses: witnessStore,
}

/** Every store over one transaction of one organisation. Each is made when it is first asked for: few touch more than some of them. */
export function transactionOver(scope: Scope): Transaction {
  const made = new Map<keyof Transaction, unknown>()
  const stores = new Proxy(STORES, {
    get: (_, name) => {
      if (!isStore(name)) return undefined
      if (!made.has(name)) made.set(name, STORES[name](scope))
      return made.get(name)
    },
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whoever asks for a store is given what its maker makes
  return stores as unknown as Transaction
}

function isStore(name: string | symbol): name is keyof Transaction {
  return Object.hasOwn(STORES, name)
}
