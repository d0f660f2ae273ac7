export type { ActOutcomeView, ActsPreviewView, ActsReport, AttachedView } from "./acts.ts"
export type {
  AgentDetail,
  AgentSummary,
  FactView,
  SeenCredentialView,
  SeenServerView,
  SightingView,
  TokenView,
} from "./agent.ts"
export type { ApiTokenView, MadeApiTokenView } from "./api-token.ts"
export type {
  ApplicationEntity,
  ApplicationSummary,
  ApplicationVersionView,
  ApplicationView,
  EnforcementPointView,
} from "./application.ts"
export {
  type AgreedView,
  APPROVAL_STATES,
  type ApprovalView,
  type AskedView,
  type TokenAskedView,
} from "./approval.ts"
export type { ClientGrantView, ClientRuleView, ClientView } from "./client.ts"
export type {
  AskedAgentView,
  ClientAnswerView,
  ClientRequestView,
  ClientRequestWay,
} from "./client-request.ts"
export type { CsvFile } from "./csv-file.ts"
export type {
  AnswerView,
  CircumstancesView,
  DecidedAskView,
  DecidedLinkView,
  DecidedPolicyView,
  DecisionDetail,
  DecisionView,
  WhatIfView,
} from "./decision.ts"
export type { DelegationView, WithdrawnDelegationView } from "./delegation.ts"
export type {
  AgentRef,
  DirectoryPersonView,
  PersonDetail,
  SignInSettingsView,
  TeamRef,
} from "./directory.ts"
export type { EnrolmentOffer } from "./enrolment.ts"
export type { EventDetail, EventView, LogProgress, LogView } from "./event.ts"
export type { EventLinesView } from "./event-file.ts"
export type { CheckpointWitness, EventProofView } from "./event-proof.ts"
export {
  type ControlView,
  FINDING_SUBJECTS,
  type FindingSubjectKind,
  type FindingView,
  type RuleView,
} from "./finding.ts"
export type {
  GovernmentKind,
  GovernmentNodeView,
  GovernmentView,
  GovernorView,
  ReachView,
} from "./government.ts"
export type { InstanceView } from "./instance.ts"
export type {
  CredentialView,
  ObservedServerView,
  ResourceView,
  ReviewedToolView,
  SeenAtView,
} from "./inventory.ts"
export type { AgentLimitsView, LimitUse, LimitView } from "./limit.ts"
export type { LogGenerationView } from "./log-generation.ts"
export type { LogPolicyView, WitnessingView, WitnessView } from "./log-policy.ts"
export type { ManifestMeaning, ManifestProblemView, ManifestView, PolicyView } from "./manifest.ts"
export type { AgentPlanView, ManifestPlanView } from "./manifest-plan.ts"
export type {
  ChannelView,
  DeliveryView,
  NotificationChoicesView,
  NotificationChoiceView,
  NotificationPage,
  NotificationView,
  ShownChannelView,
} from "./notification.ts"
export {
  EnforcingPreviewView,
  ManifestSuggestionView,
  ObservingView,
  RehearsalView,
} from "./observe.ts"
export type { OverviewView, ScanProgress, ScanView } from "./overview.ts"
export type {
  CoverageView,
  PolicyComparisonView,
  PolicyDocumentsView,
  PolicyDocumentView,
  PolicyGapsView,
  PolicyPreviewView,
  PolicyVersionsView,
  PolicyVersionView,
  TiersView,
  TierView,
} from "./own-policy.ts"
export type { OfferView, SettingsView } from "./ownership.ts"
export type { PeopleFile, PeopleLineView, PeopleReport } from "./people-file.ts"
export type { PersonView, SessionView } from "./person.ts"
export type {
  DepartureView,
  PlanStepView,
  RetirementView,
  SettledCredentialView,
} from "./plan.ts"
export type { RegisterFile, RegisterLineView, RegisterReport } from "./register.ts"
export type { EnrolledReporter, ReporterView } from "./reporter.ts"
export type { PrunedLogView, RetentionView } from "./retention.ts"
export type { RiskPictureAgent, RiskPictureView, RiskPointView, RiskSummary, RiskView } from "./risk.ts"
export type { RiskLine, RiskLinesView } from "./risk-lines.ts"
export type { SavedViewView } from "./saved-view.ts"
export type { SearchHitView } from "./search.ts"
export type { ServerView, ToolView } from "./server.ts"
export type { OwnSessionView } from "./session.ts"
export {
  type ShownSignalSourceView,
  SIGNAL_KINDS,
  type SignalKind,
  type SignalSourceView,
  type SignalStreamView,
} from "./signal.ts"
export type { DeadLetterView, ShownSinkView, SinkProgressView, SinkView } from "./sink.ts"
export type { TaskView } from "./task.ts"
export type { TeamDetail, TeamView } from "./team.ts"
export type {
  ServerReviewView,
  ToolComparisonView,
  ToolDetail,
  ToolReviewView,
  ToolSideView,
  ToolVersionView,
} from "./tool.ts"
export type {
  TriedTokenView,
  TrustPreviewView,
  TrustRuleView,
  TrustTermsView,
  TrustWarningView,
} from "./trust-rule.ts"
