import { newId, type Organisation } from "@tabard/core"
import { bindingStoreContract } from "./access/binding-store.contract.ts"
import { invitationStoreContract } from "./access/invitation-store.contract.ts"
import { sessionStoreContract } from "./access/session-store.contract.ts"
import { signInLinkStoreContract } from "./access/sign-in-link-store.contract.ts"
import { apiTokenStoreContract } from "./api-tokens/api-token-store.contract.ts"
import { approvalStoreContract } from "./approvals/approval-store.contract.ts"
import { eventStoreContract } from "./audit/event/event-store.contract.ts"
import { eventValuesContract } from "./audit/event/event-values.contract.ts"
import { followRecordContract } from "./audit/event/follow-record.contract.ts"
import { logCheckpointStoreContract } from "./audit/log/log-checkpoint-store.contract.ts"
import { logFaultStoreContract } from "./audit/log/log-fault-store.contract.ts"
import { logGenerationStoreContract } from "./audit/log/log-generation-store.contract.ts"
import { logStateStoreContract } from "./audit/log/log-state-store.contract.ts"
import { retentionStoreContract } from "./audit/retention/retention-store.contract.ts"
import { logPolicyStoreContract } from "./audit/witness/log-policy-store.contract.ts"
import { witnessStoreContract } from "./audit/witness/witness-store.contract.ts"
import { applicationStoreContract } from "./authzen/application-store.contract.ts"
import { budgetStoreContract } from "./budgets/budget-store.contract.ts"
import { clientGrantStoreContract } from "./clients/client-grant-store.contract.ts"
import { clientStoreContract } from "./clients/client-store.contract.ts"
import { decisionStoreContract } from "./decisions/decision-store.contract.ts"
import { enforcementPointStoreContract } from "./decisions/enforcement-point-store.contract.ts"
import { policyStoreContract } from "./decisions/policy-store.contract.ts"
import { teamStoreContract } from "./directory/team-store.contract.ts"
import { trustRuleStoreContract } from "./federation/trust-rule-store.contract.ts"
import { findingStoreContract } from "./findings/finding-store.contract.ts"
import { idempotencyStoreContract } from "./idempotency/idempotency-store.contract.ts"
import { leaseStoreContract } from "./jobs/lease-store.contract.ts"
import { successorStoreContract } from "./lifecycle/departure/successor-store.contract.ts"
import { renewalStoreContract } from "./lifecycle/mandate/renewal-store.contract.ts"
import { offerStoreContract } from "./lifecycle/offer-store.contract.ts"
import { planStoreContract } from "./lifecycle/plans/plan-store.contract.ts"
import { settlementStoreContract } from "./lifecycle/retirement/settlement-store.contract.ts"
import { channelStoreContract } from "./notifications/channel-store.contract.ts"
import { choiceStoreContract } from "./notifications/choice-store.contract.ts"
import { deliveryStoreContract } from "./notifications/delivery-store.contract.ts"
import { notificationStoreContract } from "./notifications/notification-store.contract.ts"
import { observeStoreContract } from "./observe/observe-store.contract.ts"
import { agentStoreContract } from "./registry/agent-store.contract.ts"
import { correlationStoreContract } from "./registry/correlation-store.contract.ts"
import { factStoreContract } from "./registry/fact-store.contract.ts"
import { maintainerStoreContract } from "./registry/maintainer-store.contract.ts"
import { observationStoreContract } from "./registry/observation-store.contract.ts"
import { organisationStoreContract } from "./registry/organisation-store.contract.ts"
import { serverStoreContract } from "./registry/server-store.contract.ts"
import { userStoreContract } from "./registry/user-store.contract.ts"
import { reporterStoreContract } from "./reporters/reporter-store.contract.ts"
import { riskStoreContract } from "./risk/risk-store.contract.ts"
import { provisionedStoreContract } from "./scim/provisioned-store.contract.ts"
import { searchStoreContract } from "./search/search-store.contract.ts"
import { reachStoreContract } from "./self-government/reach-store.contract.ts"
import { NOW, type OpenShelves } from "./shelves.contract.ts"
import { signalSourceStoreContract } from "./signals/signal-source-store.contract.ts"
import { signalSetStoreContract, signalStreamStoreContract } from "./signals/signal-stream-store.contract.ts"
import { deadLetterStoreContract } from "./sinks/dead-letter-store.contract.ts"
import { sinkProgressStoreContract } from "./sinks/sink-progress-store.contract.ts"
import { sinkStoreContract } from "./sinks/sink-store.contract.ts"
import { taskStoreContract } from "./tasks/task-store.contract.ts"
import { delegationStoreContract } from "./tokens/delegation-store.contract.ts"
import { instanceStoreContract } from "./tokens/instance-store.contract.ts"
import { keyStoreContract } from "./tokens/key-store.contract.ts"
import { oauthModelStoreContract } from "./tokens/oauth-model-store.contract.ts"
import { replayStoreContract } from "./tokens/replay-store.contract.ts"
import { tokenStoreContract } from "./tokens/token-store.contract.ts"
import { storeContract, transactionContract } from "./transaction.contract.ts"
import type { Shelf, Store } from "./transaction.ts"
import { savedViewStoreContract } from "./views/saved-view-store.contract.ts"

/** Every port's contract. */
const CONTRACTS: readonly ((name: string, open: OpenShelves) => void)[] = [
  transactionContract,
  agentStoreContract,
  apiTokenStoreContract,
  clientGrantStoreContract,
  clientStoreContract,
  approvalStoreContract,
  budgetStoreContract,
  channelStoreContract,
  choiceStoreContract,
  correlationStoreContract,
  deadLetterStoreContract,
  decisionStoreContract,
  delegationStoreContract,
  deliveryStoreContract,
  enforcementPointStoreContract,
  eventStoreContract,
  eventValuesContract,
  factStoreContract,
  followRecordContract,
  findingStoreContract,
  idempotencyStoreContract,
  instanceStoreContract,
  keyStoreContract,
  leaseStoreContract,
  logCheckpointStoreContract,
  logGenerationStoreContract,
  logPolicyStoreContract,
  logFaultStoreContract,
  logStateStoreContract,
  maintainerStoreContract,
  notificationStoreContract,
  oauthModelStoreContract,
  observeStoreContract,
  observationStoreContract,
  offerStoreContract,
  organisationStoreContract,
  planStoreContract,
  policyStoreContract,
  provisionedStoreContract,
  renewalStoreContract,
  reachStoreContract,
  replayStoreContract,
  reporterStoreContract,
  retentionStoreContract,
  riskStoreContract,
  searchStoreContract,
  serverStoreContract,
  bindingStoreContract,
  invitationStoreContract,
  sessionStoreContract,
  settlementStoreContract,
  signInLinkStoreContract,
  successorStoreContract,
  signalSetStoreContract,
  signalSourceStoreContract,
  signalStreamStoreContract,
  sinkProgressStoreContract,
  sinkStoreContract,
  taskStoreContract,
  teamStoreContract,
  tokenStoreContract,
  applicationStoreContract,
  trustRuleStoreContract,
  userStoreContract,
  savedViewStoreContract,
  witnessStoreContract,
]

/** What every store promises, of itself and of each port. `store` is asked for it when a test runs. */
export function wholeStoreContract(name: string, store: () => Store): void {
  storeContract(name, store)
  for (const contract of CONTRACTS) {
    contract(name, async () => ({ shelf: await newShelf(store()), stranger: await newShelf(store()) }))
  }
}

async function newShelf(store: Store): Promise<Shelf> {
  const created = newOrganisation()
  const { id } = await store.ensureOrganisation(created.slug, () => created)
  return store.shelf(id)
}

function newOrganisation(): Organisation {
  const id = newId("organisation", { now: () => NOW })
  return { id, slug: id.slice(4), name: "An organisation", trustDomain: `${id.slice(4)}.test` }
}
