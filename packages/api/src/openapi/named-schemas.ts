import type { z } from "zod"
import { AboutView } from "../about-operations.ts"
import { HealthView } from "../health-operations.ts"
import { Nothing } from "../inputs.ts"
import { SigningKeysView, TokenSettingsView } from "../issuer-operations.ts"
import { RewrappedView } from "../key-operations.ts"
import { PolicyTestView } from "../policy-test-operations.ts"
import { ProvisioningView } from "../provisioning-operations.ts"
import { ActsPreviewView, ActsReport } from "../views/acts.ts"
import * as agent from "../views/agent.ts"
import { ApiTokenView, MadeApiTokenView } from "../views/api-token.ts"
import * as application from "../views/application.ts"
import { ApprovalView } from "../views/approval.ts"
import { ClientGrantView, ClientRuleView, ClientView } from "../views/client.ts"
import { ClientRequestView } from "../views/client-request.ts"
import { CsvFile } from "../views/csv-file.ts"
import * as decision from "../views/decision.ts"
import { DelegationView } from "../views/delegation.ts"
import * as directory from "../views/directory.ts"
import * as event from "../views/event.ts"
import { EventLinesView } from "../views/event-file.ts"
import { EventProofView } from "../views/event-proof.ts"
import * as finding from "../views/finding.ts"
import { GovernmentView, ReachView } from "../views/government.ts"
import { InstanceView } from "../views/instance.ts"
import * as inventory from "../views/inventory.ts"
import { AgentLimitsView } from "../views/limit.ts"
import { LogGenerationView } from "../views/log-generation.ts"
import { LogPolicyView } from "../views/log-policy.ts"
import * as manifest from "../views/manifest.ts"
import { AffectedAgentView, DocumentPlanView, ManifestPlanView } from "../views/manifest-plan.ts"
import * as notification from "../views/notification.ts"
import {
  EnforcingPreviewView,
  ManifestSuggestionView,
  ObservingView,
  RehearsalView,
} from "../views/observe.ts"
import * as overview from "../views/overview.ts"
import * as ownPolicies from "../views/own-policy.ts"
import * as ownership from "../views/ownership.ts"
import { PeopleFile, PeopleReport } from "../views/people-file.ts"
import { PersonView, SessionView } from "../views/person.ts"
import { RegisterFile, RegisterReport } from "../views/register.ts"
import { EnrolledReporter, ReporterView } from "../views/reporter.ts"
import { RetentionView } from "../views/retention.ts"
import { RiskPictureView, RiskSummary, RiskView } from "../views/risk.ts"
import { RiskLinesView } from "../views/risk-lines.ts"
import { SavedViewView } from "../views/saved-view.ts"
import { SearchHitView } from "../views/search.ts"
import { ServerView } from "../views/server.ts"
import { OwnSessionView } from "../views/session.ts"
import { ShownSignalSourceView, SignalSourceView, SignalStreamView } from "../views/signal.ts"
import { DeadLetterView, ShownSinkView, SinkView } from "../views/sink.ts"
import { TaskView } from "../views/task.ts"
import { TeamDetail, TeamView } from "../views/team.ts"
import { ServerReviewView, ToolDetail } from "../views/tool.ts"
import { TriedTokenView, TrustPreviewView, TrustRuleView } from "../views/trust-rule.ts"

/** What is described once in the document and referred to from there on; generated clients make a type of each. */
export const NAMED_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  Coverage: ownPolicies.CoverageView,
  Decision: decision.DecisionView,
  DecisionDetail: decision.DecisionDetail,
  WhatIf: decision.WhatIfView,
  PolicyComparison: ownPolicies.PolicyComparisonView,
  PolicyDocument: ownPolicies.PolicyDocumentView,
  PolicyDocuments: ownPolicies.PolicyDocumentsView,
  PolicyGaps: ownPolicies.PolicyGapsView,
  PolicyPreview: ownPolicies.PolicyPreviewView,
  PolicyVersions: ownPolicies.PolicyVersionsView,
  PolicyTest: PolicyTestView,
  Tiers: ownPolicies.TiersView,
  ActsPreview: ActsPreviewView,
  ActsReport,
  About: AboutView,
  AgentDetail: agent.AgentDetail,
  AgentLimits: AgentLimitsView,
  AgentSummary: agent.AgentSummary,
  ServerReview: ServerReviewView,
  ToolDetail,
  ApiToken: ApiTokenView,
  Application: application.ApplicationView,
  ApplicationSummary: application.ApplicationSummary,
  ApplicationVersion: application.ApplicationVersionView,
  EnforcementPoint: application.EnforcementPointView,
  Approval: ApprovalView,
  Channel: notification.ChannelView,
  Client: ClientView,
  ClientGrant: ClientGrantView,
  ClientRequest: ClientRequestView,
  ClientRule: ClientRuleView,
  Control: finding.ControlView,
  Credential: inventory.CredentialView,
  CsvFile,
  DirectoryPerson: directory.DirectoryPersonView,
  DeadLetter: DeadLetterView,
  Delivery: notification.DeliveryView,
  EnrolledReporter,
  Event: event.EventView,
  EventDetail: event.EventDetail,
  EventLines: EventLinesView,
  EventProof: EventProofView,
  Finding: finding.FindingView,
  Health: HealthView,
  Instance: InstanceView,
  Log: event.LogView,
  LogPolicy: LogPolicyView,
  LogProgress: event.LogProgress,
  LogGeneration: LogGenerationView,
  MadeApiToken: MadeApiTokenView,
  Manifest: manifest.ManifestView,
  ManifestMeaning: manifest.ManifestMeaning,
  AffectedAgent: AffectedAgentView,
  DocumentPlan: DocumentPlanView,
  ManifestPlan: ManifestPlanView,
  Nothing,
  Notification: notification.NotificationView,
  NotificationChoices: notification.NotificationChoicesView,
  NotificationPage: notification.NotificationPage,
  EnforcingPreview: EnforcingPreviewView,
  ManifestSuggestion: ManifestSuggestionView,
  Observing: ObservingView,
  Rehearsal: RehearsalView,
  ObservedServer: inventory.ObservedServerView,
  Offer: ownership.OfferView,
  OwnSession: OwnSessionView,
  Overview: overview.OverviewView,
  PeopleFile,
  Policy: manifest.PolicyView,
  PeopleReport,
  Person: PersonView,
  PersonDetail: directory.PersonDetail,
  Provisioning: ProvisioningView,
  RegisterFile,
  RegisterReport,
  Reporter: ReporterView,
  Resource: inventory.ResourceView,
  Retention: RetentionView,
  ReviewedTool: inventory.ReviewedToolView,
  Rewrapped: RewrappedView,
  RiskPicture: RiskPictureView,
  Risk: RiskView,
  RiskLines: RiskLinesView,
  RiskSummary,
  Rule: finding.RuleView,
  Delegation: DelegationView,
  Government: GovernmentView,
  Reach: ReachView,
  SavedView: SavedViewView,
  Scan: overview.ScanView,
  ScanProgress: overview.ScanProgress,
  SearchHit: SearchHitView,
  Server: ServerView,
  Session: SessionView,
  ShownChannel: notification.ShownChannelView,
  ShownSignalSource: ShownSignalSourceView,
  ShownSink: ShownSinkView,
  SignalSource: SignalSourceView,
  SignalStream: SignalStreamView,
  Sink: SinkView,
  Settings: ownership.SettingsView,
  SignInSettings: directory.SignInSettingsView,
  SigningKeys: SigningKeysView,
  TokenSettings: TokenSettingsView,
  Task: TaskView,
  Team: TeamView,
  TeamDetail,
  TriedToken: TriedTokenView,
  TrustPreview: TrustPreviewView,
  TrustRule: TrustRuleView,
}
