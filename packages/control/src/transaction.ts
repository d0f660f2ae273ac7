import type { Id, Organisation } from "@tabard/core"
import type { AccessStores } from "./access/ports.ts"
import type { ApiTokenStore } from "./api-tokens/api-token-store.ts"
import type { ApprovalStore } from "./approvals/approval-store.ts"
import type { EventStore } from "./audit/event/event-store.ts"
import type { LogCheckpointStore } from "./audit/log/log-checkpoint-store.ts"
import type { LogFaultStore } from "./audit/log/log-fault-store.ts"
import type { LogGenerationStore } from "./audit/log/log-generation-store.ts"
import type { LogStateStore } from "./audit/log/log-state-store.ts"
import type { RetentionStore } from "./audit/retention/retention-store.ts"
import type { LogPolicyStore } from "./audit/witness/log-policy-store.ts"
import type { WitnessStore } from "./audit/witness/witness-store.ts"
import type { ApplicationStore } from "./authzen/application-store.ts"
import type { BudgetStore } from "./budgets/budget-store.ts"
import type { ClientGrantStore } from "./clients/client-grant-store.ts"
import type { ClientStore } from "./clients/client-store.ts"
import type { DecisionStore } from "./decisions/decision-store.ts"
import type { EnforcementPointStore } from "./decisions/enforcement-point-store.ts"
import type { PolicyStore } from "./decisions/policy-store.ts"
import type { TeamStore } from "./directory/team-store.ts"
import type { TrustRuleStore } from "./federation/trust-rule-store.ts"
import type { FindingStore } from "./findings/finding-store.ts"
import type { IdempotencyStore } from "./idempotency/idempotency-store.ts"
import type { LeaseStore } from "./jobs/lease-store.ts"
import type { LifecycleStores } from "./lifecycle/ports.ts"
import type { NotificationStores } from "./notifications/ports.ts"
import type { ObserveStore } from "./observe/observe-store.ts"
import type { AgentStore } from "./registry/agent-store.ts"
import type { CorrelationStore } from "./registry/correlation-store.ts"
import type { FactStore } from "./registry/fact-store.ts"
import type { MaintainerStore } from "./registry/maintainer-store.ts"
import type { ObservationStore } from "./registry/observation-store.ts"
import type { OrganisationStore } from "./registry/organisation-store.ts"
import type { ServerStore } from "./registry/server-store.ts"
import type { UserStore } from "./registry/user-store.ts"
import type { ReporterStore } from "./reporters/reporter-store.ts"
import type { RiskStore } from "./risk/risk-store.ts"
import type { ProvisionedStore } from "./scim/provisioned-store.ts"
import type { SearchStore } from "./search/search-store.ts"
import type { ReachStore } from "./self-government/reach-store.ts"
import type { SignalStores } from "./signals/ports.ts"
import type { SinkStores } from "./sinks/ports.ts"
import type { TaskStore } from "./tasks/task-store.ts"
import type { DelegationStore } from "./tokens/delegation-store.ts"
import type { InstanceStore } from "./tokens/instance-store.ts"
import type { KeyStore } from "./tokens/key-store.ts"
import type { OAuthModelStore } from "./tokens/oauth-model-store.ts"
import type { ReplayStore } from "./tokens/replay-store.ts"
import type { TokenStore } from "./tokens/token-store.ts"
import type { SavedViewStore } from "./views/saved-view-store.ts"

/** Every store there is, as one transaction of one organisation sees it. */
export interface Transaction
  extends AccessStores,
    LifecycleStores,
    NotificationStores,
    SignalStores,
    SinkStores {
  readonly agents: AgentStore
  readonly apiTokens: ApiTokenStore
  readonly applications: ApplicationStore
  readonly approvals: ApprovalStore
  readonly budgets: BudgetStore
  readonly clientGrants: ClientGrantStore
  readonly clients: ClientStore
  readonly correlations: CorrelationStore
  readonly decisions: DecisionStore
  readonly delegations: DelegationStore
  readonly enforcementPoints: EnforcementPointStore
  readonly facts: FactStore
  readonly findings: FindingStore
  readonly idempotency: IdempotencyStore
  readonly instances: InstanceStore
  readonly keys: KeyStore
  readonly leases: LeaseStore
  readonly logCheckpoints: LogCheckpointStore
  readonly logPolicy: LogPolicyStore
  readonly logs: LogGenerationStore
  readonly logFaults: LogFaultStore
  readonly logState: LogStateStore
  readonly maintainers: MaintainerStore
  readonly oauthModels: OAuthModelStore
  readonly observations: ObservationStore
  readonly observing: ObserveStore
  readonly organisation: OrganisationStore
  readonly outbox: EventStore
  readonly policies: PolicyStore
  readonly provisioned: ProvisionedStore
  readonly reaches: ReachStore
  readonly replays: ReplayStore
  readonly reporters: ReporterStore
  readonly retention: RetentionStore
  readonly risks: RiskStore
  readonly search: SearchStore
  readonly servers: ServerStore
  readonly tasks: TaskStore
  readonly teams: TeamStore
  readonly tokens: TokenStore
  readonly trustRules: TrustRuleStore
  readonly users: UserStore
  readonly views: SavedViewStore
  readonly witnesses: WitnessStore
}

/**
 * Runs `work` in one transaction of one organisation: its changes all happen, durably when it answers, or, where
 * it rejects, none of them do. The type parameter says which stores a use case touches, and it can touch no others.
 * `work` may be run again by a database that could not serialise it, so it does nothing outside the transaction
 * and awaits nothing but its stores. What it asks of them at once is done in the order in which it was asked.
 */
export type Transact<Stores extends keyof Transaction = keyof Transaction> = <Result>(
  work: (tx: Pick<Transaction, Stores>) => Promise<Result>,
) => Promise<Result>

/** Runs `work` on one unchanging snapshot; an attempt to write rejects. */
export type Snapshot<Stores extends keyof Transaction = keyof Transaction> = Transact<Stores>

/** One organisation's shelf: what a use case is given to work on. */
export interface Shelf {
  readonly transact: Transact
  readonly snapshot: Snapshot
}

/** The whole store: every organisation's shelf. Closing it waits for what was accepted. */
export interface Store extends AsyncDisposable {
  /** Answers the shelf of one organisation; nothing done through it can reach another's rows. */
  shelf(organisation: Id<"organisation">): Shelf
  /** Answers the organisation with this slug, or makes it as `create` says; called twice at once, both get the same one. */
  ensureOrganisation(slug: string, create: () => Organisation): Promise<Organisation>
  /** Answers every organisation, for jobs that serve each in turn. */
  organisations(): Promise<readonly Organisation[]>
  /** Answers the last step that its schema has taken, by this program or by a newer one. */
  schemaStep(): Promise<number>
  /** Rejects where the store could not take a write now; for health checks. */
  ping(): Promise<void>
}
