import type { ApiTokenRow } from "./api-tokens.ts"
import type { ApplicationRow, ApplicationVersionRow } from "./applications.ts"
import type {
  EventRow,
  EventValueRow,
  LeaseRow,
  LogCheckpointRow,
  LogFaultRow,
  LogGenerationRow,
  LogPruningRow,
  LogRotationRow,
  LogStateRow,
  RetentionRow,
} from "./audit.ts"
import type {
  ApprovalAskedRow,
  ApprovalRow,
  DecisionPolicyRow,
  DecisionRow,
  EarlierKeyRow,
  EnforcementPointRow,
  EnrolmentRow,
  InstanceRow,
  InvitationRow,
  OAuthModelRow,
  PolicySetRow,
  PreparedKeyRow,
  ProviderBindingRow,
  ReplayRow,
  SealedKeyRow,
  SessionRow,
  SignInLinkRow,
  TaskRow,
  TokenRow,
  TokenSettingsRow,
} from "./authority.ts"
import type { BudgetCountRow, BudgetReservationRow } from "./budgets.ts"
import type { ClientGrantRow, ClientRow, ClientRuleRow } from "./clients.ts"
import type { DelegationRow, TokenAncestorRow } from "./delegations.ts"
import type { FindingRow, FindingSightingRow } from "./findings.ts"
import type { IdempotencyRow } from "./idempotency.ts"
import type {
  LifecycleWarningRow,
  PlanRow,
  PlanStepRow,
  RenewalRow,
  SettlementRow,
  SuccessorRow,
} from "./lifecycle.ts"
import type {
  ChannelHealthRow,
  ChannelRow,
  DeliveryRow,
  KnownBrowserRow,
  NotificationChoiceRow,
  NotificationPlaceRow,
  NotificationRow,
} from "./notifications.ts"
import type { ObservedCallRow, ObservePeriodRow, RehearsalRow } from "./observe.ts"
import type { MaintainerRow, OwnershipOfferRow, SettingsRow, SignInSettingsRow } from "./ownership.ts"
import type { ProvisionedPersonRow } from "./provisioned.ts"
import type { DeclaredReachRow } from "./reaches.ts"
import type {
  AgentRow,
  AgentUseRow,
  CorrelationRow,
  CredentialRow,
  DecisionInputRow,
  FactRow,
  ObservationRow,
  ObservedServerRow,
  ObservedUseRow,
  OrganisationRow,
  RiskScoreRow,
  ScanRow,
  ServerRow,
  TierRow,
  ToolVersionRow,
  UserRow,
} from "./registry.ts"
import type { ReporterEnrolmentRow, ReporterRow } from "./reporters.ts"
import type { SavedViewRow } from "./saved-views.ts"
import type { SearchProgressRow, SearchWordRow } from "./search.ts"
import type { SignalSetRow, SignalSourceRow, SignalStreamRow, SignalSubjectRow } from "./signals.ts"
import type { DeadLetterRow, SinkPaceRow, SinkProgressRow, SinkRow } from "./sinks.ts"
import type { MaintainingTeamRow, TeamMemberRow, TeamRow } from "./teams.ts"
import type { TrustRuleRow } from "./trust-rules.ts"
import type { LogPolicyRow, LogWitnessRow } from "./witnesses.ts"

/** Every table, as the query builder knows it. */
export interface Tables {
  agent: AgentRow
  agent_use: AgentUseRow
  api_token: ApiTokenRow
  client: ClientRow
  client_grant: ClientGrantRow
  client_rule: ClientRuleRow
  approval: ApprovalRow
  approval_asked: ApprovalAskedRow
  budget_count: BudgetCountRow
  budget_reservation: BudgetReservationRow
  channel: ChannelRow
  channel_health: ChannelHealthRow
  correlation: CorrelationRow
  credential: CredentialRow
  dead_letter: DeadLetterRow
  decision: DecisionRow
  decision_policy: DecisionPolicyRow
  observe_period: ObservePeriodRow
  observed_call: ObservedCallRow
  rehearsal: RehearsalRow
  decision_input: DecisionInputRow
  declared_reach: DeclaredReachRow
  delegation: DelegationRow
  delivery: DeliveryRow
  earlier_key: EarlierKeyRow
  enforcement_point: EnforcementPointRow
  enrolment: EnrolmentRow
  event: EventRow
  event_value: EventValueRow
  fact: FactRow
  finding: FindingRow
  finding_sighting: FindingSightingRow
  heartbeat: { id: 1; beats: number }
  idempotency: IdempotencyRow
  instance: InstanceRow
  invitation: InvitationRow
  known_browser: KnownBrowserRow
  lease: LeaseRow
  later_key: SealedKeyRow
  log_checkpoint: LogCheckpointRow
  log_fault: LogFaultRow
  log_generation: LogGenerationRow
  log_pruning: LogPruningRow
  log_policy: LogPolicyRow
  log_rotation: LogRotationRow
  log_state: LogStateRow
  log_witness: LogWitnessRow
  maintainer: MaintainerRow
  maintaining_team: MaintainingTeamRow
  notification: NotificationRow
  notification_choice: NotificationChoiceRow
  notification_place: NotificationPlaceRow
  oauth_model: OAuthModelRow
  observation: ObservationRow
  observed_server: ObservedServerRow
  observed_use: ObservedUseRow
  organisation: OrganisationRow
  ownership_offer: OwnershipOfferRow
  policy_set: PolicySetRow
  provider_binding: ProviderBindingRow
  provisioned_person: ProvisionedPersonRow
  replay: ReplayRow
  reporter: ReporterRow
  reporter_enrolment: ReporterEnrolmentRow
  retention: RetentionRow
  risk_score: RiskScoreRow
  scan: ScanRow
  schema_migration: { version: number; minimum_program: number; applied_at: number }
  saved_view: SavedViewRow
  sealed_key: SealedKeyRow
  search_progress: SearchProgressRow
  search_word: SearchWordRow
  server: ServerRow
  session: SessionRow
  settings: SettingsRow
  sign_in_link: SignInLinkRow
  sign_in_settings: SignInSettingsRow
  signal_set: SignalSetRow
  signal_source: SignalSourceRow
  signal_stream: SignalStreamRow
  signal_subject: SignalSubjectRow
  sink: SinkRow
  sink_pace: SinkPaceRow
  sink_progress: SinkProgressRow
  task: TaskRow
  team: TeamRow
  team_member: TeamMemberRow
  tier: TierRow
  token: TokenRow
  token_settings: TokenSettingsRow
  prepared_key: PreparedKeyRow
  token_ancestor: TokenAncestorRow
  tool_version: ToolVersionRow
  application: ApplicationRow
  application_version: ApplicationVersionRow
  trust_rule: TrustRuleRow
  user: UserRow
  renewal: RenewalRow
  lifecycle_warning: LifecycleWarningRow
  successor: SuccessorRow
  plan: PlanRow
  plan_step: PlanStepRow
  settlement: SettlementRow
}
