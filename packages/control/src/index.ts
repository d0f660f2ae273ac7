export {
  type AdministerAccessDeps,
  endSessionsOf,
  unbindPerson,
  type WaysIn,
  waysInOf,
} from "./access/administer-access.ts"
export {
  type AskingDevice,
  answerDeviceSignIn,
  beginDeviceSignIn,
  DEVICE_INTERVAL_SECONDS,
  type DeviceSignInDeps,
  findDeviceSignIn,
  redeemDeviceSignIn,
} from "./access/device-sign-in.ts"
export { erasePerson } from "./access/erase-person.ts"
export { handleHash } from "./access/handle-hash.ts"
export { shelfFor } from "./access/own-shelf.ts"
export { seenIn } from "./access/own-sight.ts"
export {
  changeRole,
  deactivatePerson,
  inviteAgain,
  invitePerson,
  type NewPerson,
  type OfferedInvitation,
  type PeopleDeps,
  reactivatePerson,
} from "./access/people.ts"
export type {
  AccessStores,
  BindingStore,
  Invitation,
  InvitationStore,
  Session,
  SessionMoment,
  SessionStore,
  SignInLink,
  SignInLinkStore,
} from "./access/ports.ts"
export { type PutSignInSettingsDeps, putSignInSettings } from "./access/put-sign-in-settings.ts"
export {
  COMMAND_LINE_PREFIX,
  endAllSessions,
  endSession,
  listSessions,
  type SessionDeps,
  type StartedSession,
  sessionUser,
  signOut,
} from "./access/sessions.ts"
export {
  checkSignInLink,
  type Introduction,
  offerSignInLink,
  type SignInDeps,
  signIn,
} from "./access/sign-in.ts"
export { type ProviderWord, signInByProvider } from "./access/sign-in-by-provider.ts"
export { type ActOnAgentsDeps, type ActOutcome, actOnAgents } from "./acts/act-on-agents.ts"
export type { ActOnMany, AgentAct } from "./acts/agent-act.ts"
export { type ActsPreview, previewActs } from "./acts/preview-acts.ts"
export type { ApiToken, ApiTokenStore } from "./api-tokens/api-token-store.ts"
export { makeApiToken, revokeApiToken } from "./api-tokens/make-api-token.ts"
export { type TokenUser, tokenUser } from "./api-tokens/token-user.ts"
export type { ApprovalStore } from "./approvals/approval-store.ts"
export {
  type AskForTokenDeps,
  askForToken,
  POLL_SECONDS,
  type TokenAsk,
  type TokenAsked,
} from "./approvals/ask-for-token.ts"
export { expireApprovals } from "./approvals/expire-approvals.ts"
export { type PollAnswer, type PollForTokenDeps, pollForToken } from "./approvals/poll-for-token.ts"
export { resolveApproval, type Verdict } from "./approvals/resolve-approval.ts"
export { TOKEN_ACTION } from "./approvals/token-question.ts"
export type { Actor, AuditEvent, EventDoor, RecordContext, TraceContext } from "./audit/event/audit-event.ts"
export { envelopeOf } from "./audit/event/envelope.ts"
export { type EventMarks, marksOf } from "./audit/event/event-marks.ts"
export { EVENT_PROFILES } from "./audit/event/event-profile.ts"
export { eventSchema } from "./audit/event/event-schema.ts"
export type {
  Arrival,
  ArrivalQuery,
  EventQuery,
  EventStore,
  EventValue,
  NewEvent,
  StoredEvent,
} from "./audit/event/event-store.ts"
export { EVENT_TYPES, type EventType } from "./audit/event/event-types.ts"
export { type News, RecordFollower } from "./audit/event/follow-record.ts"
export { markEvents } from "./audit/event/mark-events.ts"
export type { EventProfile } from "./audit/event/profiles/profile.ts"
export { type BesideValue, ERASED, loggedBody, valuesBeside, wholeBody } from "./audit/event/read-values.ts"
export { recordEvent } from "./audit/event/record-event.ts"
export { type AskLogRotationDeps, askLogRotation } from "./audit/log/ask-log-rotation.ts"
export { collectPartials } from "./audit/log/collect-partials.ts"
export type { LogCheckpoint, LogCheckpointStore } from "./audit/log/log-checkpoint-store.ts"
export {
  LOG_FAULTS,
  type LogFault,
  type LogFaultKind,
  type LogFaultStore,
} from "./audit/log/log-fault-store.ts"
export type { LogGeneration, LogGenerationStore, LogRotation } from "./audit/log/log-generation-store.ts"
export { LOG_LEASE, type LogState, type LogStateStore } from "./audit/log/log-state-store.ts"
export { publishCheckpoint, republishCheckpoint, settleCheckpoint } from "./audit/log/publish-checkpoint.ts"
export { growLog, type LogGrowth, publishOutbox } from "./audit/log/publish-outbox.ts"
export {
  type RecordGate,
  type RecordStanding,
  type RecordStop,
  RecordWatch,
  recordStanding,
} from "./audit/log/record-watch.ts"
export { type NextLog, rotateLog } from "./audit/log/rotate-log.ts"
export { LeaseLost, type WriteLogDeps } from "./audit/log/write-log.ts"
export { monthsBefore } from "./audit/retention/prune-boundary.ts"
export { type PruneRecordDeps, RETENTION_LEASE } from "./audit/retention/prune-deps.ts"
export { pruneRecord } from "./audit/retention/prune-record.ts"
export {
  type PutRetentionDeps,
  putRetention,
  RETENTION_MONTHS,
  type RetentionWish,
} from "./audit/retention/put-retention.ts"
export type { Pruning, Retention, RetentionStore } from "./audit/retention/retention-store.ts"
export { type SpannedLog, spannedLogs } from "./audit/retention/spanned-logs.ts"
export { type AskWitnessesDeps, askWitnesses, type WitnessRound } from "./audit/witness/ask-witnesses.ts"
export type { LogPolicy, LogPolicyStore } from "./audit/witness/log-policy-store.ts"
export { type PutLogPolicyDeps, putLogPolicy } from "./audit/witness/put-log-policy.ts"
export { type WitnessEvidence, witnessEvidence } from "./audit/witness/witness-evidence.ts"
export type { WitnessStanding, WitnessStore, WitnessTrouble } from "./audit/witness/witness-store.ts"
export { type ApplicationInForce, ApplicationKeeper } from "./authzen/application-keeper.ts"
export {
  type ApplicationQuestion,
  type AskedEntity,
  compileApplication,
  evaluateApplication,
  judgedTwice,
  OBLIGATION_TYPES,
  type Obligation,
  type Sought,
  searchApplication,
} from "./authzen/application-questions.ts"
export type { Application, ApplicationStore, ApplicationVersion } from "./authzen/application-store.ts"
export {
  AGENTS_APPLICATION,
  type ApplicationDeps,
  findApplication,
  putApplication,
  removeApplication,
} from "./authzen/put-application.ts"
export { type RecordedEvaluation, recordEvaluations } from "./authzen/record-evaluation.ts"
export {
  type EnforcementPointDeps,
  registerEnforcementPoint,
  removeEnforcementPoint,
} from "./authzen/register-enforcement-point.ts"
export type { BudgetStore, CountKey, Settlement, Wanted } from "./budgets/budget-store.ts"
export { type BudgetUse, type LimitInForce, limitsOfAgent } from "./budgets/limits-of-agent.ts"
export { matchesOf } from "./clients/adopt-by-rule.ts"
export { agentStanding, type IntroducedClient } from "./clients/agent-of-client.ts"
export { type AgreedClient, type AgreeToClientDeps, agreeToClient } from "./clients/agree-to-client.ts"
export type { ClientGrantStore } from "./clients/client-grant-store.ts"
export { addClientRule, type ClientRuleDeps, removeClientRule } from "./clients/client-rules.ts"
export type { ClientStore } from "./clients/client-store.ts"
export { type EndClientGrantDeps, endClientGrant } from "./clients/end-client-grants.ts"
export { isLoopback, isRedirectUri } from "./clients/redirect-uri.ts"
export { type RegisterByTokenDeps, registerByToken } from "./clients/register-by-token.ts"
export {
  type ClientDeps,
  type ClientRegistration,
  registerClient,
  removeClient,
} from "./clients/register-client.ts"
export { type RevokeIssuedDeps, revokeIssued } from "./clients/revoke-issued.ts"
export type { Attempt, Enforcement } from "./decisions/attempt.ts"
export type {
  DecisionPlace,
  DecisionQuery,
  DecisionStore,
  ForgottenCalls,
} from "./decisions/decision-store.ts"
export {
  type Answer,
  differenceInWords,
  evaluatedAnswer,
  recordedAnswer,
} from "./decisions/difference-in-words.ts"
export type { Draft } from "./decisions/drafted-sets.ts"
export { type EnforceCallDeps, enforceCall } from "./decisions/enforce-call.ts"
export type {
  EnforcementPoint,
  EnforcementPointStore,
  RegisteredPoint,
} from "./decisions/enforcement-point-store.ts"
export {
  type CallEvaluation,
  type EvaluateCallDeps,
  evaluateCall,
  type WouldBeCall,
} from "./decisions/evaluate-call.ts"
export type { Who } from "./decisions/evaluation-inputs.ts"
export { type ExplainedPolicy, type Explanation, explainDecision } from "./decisions/explain-decision.ts"
export { findDecision } from "./decisions/find-decision.ts"
export { type CallOutcome, finishCall } from "./decisions/finish-call.ts"
export { KnownInputs } from "./decisions/known-inputs.ts"
export type { NamedAgent } from "./decisions/named-principal.ts"
export { PolicyKeeper } from "./decisions/policies-in-force.ts"
export type { PolicySet, PolicySetKind, PolicyStore } from "./decisions/policy-store.ts"
export {
  checkAgentManifest,
  explainManifest,
  type ManifestInForce,
  type ManifestMeaning,
  putManifest,
} from "./decisions/put-manifest.ts"
export type { Circumstances, SeenAtDoor } from "./decisions/question.ts"
export { type DisputedQuestion, recordDisputedQuestion } from "./decisions/record-dispute.ts"
export { seedPolicies } from "./decisions/seed-policies.ts"
export { VersionWatch } from "./decisions/version-watch.ts"
export { visibleTools } from "./decisions/visible-tools.ts"
export { questionAgain, type SupposedQuestion, type SupposedSession, whatIf } from "./decisions/what-if.ts"
export { findPerson } from "./directory/find-person.ts"
export { type ExportedPeople, exportPeople } from "./directory/import/export-people.ts"
export { type ImportedPeople, importPeople } from "./directory/import/import-people.ts"
export { nextOwner } from "./directory/next-owner.ts"
export { setManager } from "./directory/set-manager.ts"
export type { TeamChange, TeamMember, TeamStore } from "./directory/team-store.ts"
export {
  addTeamMember,
  changeTeam,
  findTeam,
  makeTeam,
  removeTeam,
  removeTeamMember,
  type TeamWords,
} from "./directory/teams.ts"
export { type Merge, mergeAgents } from "./discovery/merge-agents.ts"
export { recordScan, type ScanChanges } from "./discovery/record-scan.ts"
export { type Split, splitAgent } from "./discovery/split-agent.ts"
export { claimSeconds } from "./federation/claim-at.ts"
export { FORM_PROFILES, type FormProfile } from "./federation/form-profile.ts"
export { judgeWorkload } from "./federation/judge-workload.ts"
export {
  makeTrustRule,
  type NewTrustRule,
  requireTrusting,
  type TrustRuleDeps,
} from "./federation/make-trust-rule.ts"
export { proposeTerms, type TrustWish } from "./federation/propose-terms.ts"
export { showsSecret } from "./federation/public-keys.ts"
export { endTrustOf, findTrustRule, removeTrustRule } from "./federation/remove-trust-rule.ts"
export { ruleWarnings, type TrustWarning, type TrustWarningCode } from "./federation/rule-warnings.ts"
export { trustDomainOf } from "./federation/spiffe-id.ts"
export { claimName, conditionWords } from "./federation/trust-condition.ts"
export type { TrustRuleStore } from "./federation/trust-rule-store.ts"
export { sampleToken, type Tried, tryNeighbours } from "./federation/try-neighbours.ts"
export type { WorkloadFault, WorkloadFaultCode, WorkloadToken } from "./federation/workload-token.ts"
export {
  type AcceptanceRequest,
  acceptFinding,
  findFinding,
  withdrawAcceptance,
} from "./findings/accept-finding.ts"
export {
  type Control,
  type ControlCatalogue,
  type ControlFramework,
  controlCatalogue,
  controlName,
} from "./findings/control-catalogue.ts"
export { findingRule, findingRules } from "./findings/finding-rules.ts"
export type {
  DiscoverySource,
  FindingCount,
  FindingKey,
  FindingQuery,
  FindingStore,
  Sighting,
} from "./findings/finding-store.ts"
export { lapseAcceptances } from "./findings/lapse-acceptances.ts"
export { isSwept, SWEEP_START, type SweepPlace, sweepFindings } from "./findings/sweep-findings.ts"
export type { IdempotencyStore, WriteKey, WriteState } from "./idempotency/idempotency-store.ts"
export { KEY_LIFE_MS, type OnceAnswer, type OnceWrite, writeOnce } from "./idempotency/write-once.ts"
export { HeldLease } from "./jobs/held-lease.ts"
export type { LeaseStore } from "./jobs/lease-store.ts"
export { type LeaseDeps, underLease } from "./jobs/under-lease.ts"
export { activateAgent, adoptAgent } from "./lifecycle/adopt-agent.ts"
export { acceptOwnership, declineOwnership } from "./lifecycle/answer-offer.ts"
export { gatherEstate } from "./lifecycle/departure/gather-estate.ts"
export {
  nameAgentSuccessor,
  namePersonSuccessor,
} from "./lifecycle/departure/name-successor.ts"
export { planDeparture } from "./lifecycle/departure/plan-departure.ts"
export { runDeparture, startMissedDepartures } from "./lifecycle/departure/start-departure.ts"
export type { Successor, SuccessorStore } from "./lifecycle/departure/successor-store.ts"
export { agreeToRenewal, declineRenewal, renewMandate } from "./lifecycle/mandate/renew-mandate.ts"
export type { RenewalStore, Warning, WarningStore } from "./lifecycle/mandate/renewal-store.ts"
export { suspendExpired } from "./lifecycle/mandate/suspend-expired.ts"
export { sweepAges } from "./lifecycle/mandate/sweep-ages.ts"
export { expireOffers, offerOwnership, withdrawOffer } from "./lifecycle/offer-ownership.ts"
export type { OfferStore } from "./lifecycle/offer-store.ts"
export type { PlanStore } from "./lifecycle/plans/plan-store.ts"
export type { LifecycleStores } from "./lifecycle/ports.ts"
export {
  type Alarm,
  quarantineAgent,
  quarantineBySystem,
  quarantineWithin,
} from "./lifecycle/quarantine-agent.ts"
export { retireAgent } from "./lifecycle/retire-agent.ts"
export { gatherHolding, planRetirement } from "./lifecycle/retirement/plan-retirement.ts"
export type { Certifier, RetirementDeps } from "./lifecycle/retirement/retirement-deps.ts"
export { runRetirement } from "./lifecycle/retirement/run-retirement.ts"
export { attestCredential, signException } from "./lifecycle/retirement/settle-credential.ts"
export type { SettlementStore } from "./lifecycle/retirement/settlement-store.ts"
export { dismissAgent, reopenAgent, resumeAgent, suspendAgent } from "./lifecycle/stop-agent.ts"
export { type Stop, type StopStores, stopWithin } from "./lifecycle/stop-within.ts"
export type {
  AgentPlan,
  ManifestDraft,
  ManifestPlan,
  PlanWish,
  ToolChange,
} from "./manifest-plans/manifest-plan.ts"
export { applyPlan, planManifests } from "./manifest-plans/plan-manifests.ts"
export {
  type ChannelBox,
  type ChannelSecrets,
  signingAt,
} from "./notifications/channel-seal.ts"
export {
  CHANNEL_KINDS,
  type Channel,
  type ChannelHealth,
  type ChannelKind,
  type ChannelStore,
} from "./notifications/channel-store.ts"
export { type ChoiceStore, type Choices, USUAL_CHOICES } from "./notifications/choice-store.ts"
export { chooseNotifications } from "./notifications/choose.ts"
export type {
  ChannelId,
  Delivery,
  DeliveryClaim,
  DeliveryOutcome,
  DeliveryStore,
} from "./notifications/delivery-store.ts"
export { followRecord, isRecordAhead } from "./notifications/follow-record.ts"
export {
  type ChannelWish,
  findChannel,
  makeChannel,
  removeChannel,
  rotateChannel,
  type ShownChannel,
  sendAgain,
} from "./notifications/keep-channels.ts"
export {
  NOTIFICATION_LEASE,
  type Notification,
  type NotificationQuery,
  type NotificationStore,
} from "./notifications/notification-store.ts"
export { isStillSo } from "./notifications/still-so.ts"
export { howTold, tellDue, viewsOver } from "./notifications/tell-due.ts"
export { endObserving } from "./observe/end-observing.ts"
export {
  type AgentObserving,
  agentObserving,
  enforceAgent,
  MOST_OBSERVED_DAYS,
  type ObserveModeDeps,
  observeAgent,
} from "./observe/observe-mode.ts"
export type {
  ObservedCall,
  ObservedCircumstances,
  ObservePeriod,
  ObserveStore,
  Rehearsal,
} from "./observe/observe-store.ts"
export {
  type EnforcingPreview,
  previewEnforcing,
  type StoppedCalls,
} from "./observe/preview-enforcing.ts"
export { LEAST_REHEARSED, recordRehearsal } from "./observe/record-rehearsal.ts"
export type { RehearsalStanding } from "./observe/rehearsal-standing.ts"
export { type ManifestSuggestion, suggestFromObserved } from "./observe/suggest-from-observed.ts"
export { compareTexts } from "./policies/compare-texts.ts"
export { OWN_KINDS, ownAddress } from "./policies/own-address.ts"
export { coverageOf } from "./policies/policy-coverage.ts"
export { policyGaps } from "./policies/policy-gaps.ts"
export { previewOwnPolicies } from "./policies/preview-own-policies.ts"
export { putOwnPolicies } from "./policies/put-own-policies.ts"
export { MOST_VERSIONS, ownDocuments, policyVersion, policyVersions } from "./policies/read-own-policies.ts"
export { requireTier, tiersInForce } from "./policies/tiers-in-force.ts"
export { csvText } from "./register/csv-text.ts"
export { type ExportedRegister, exportRegister } from "./register/export-register.ts"
export { type ImportedRegister, importRegister } from "./register/import-register.ts"
export type { AgentQuery, AgentStore } from "./registry/agent-store.ts"
export { assertAnswersFor, type Caller, isSteward } from "./registry/caller.ts"
export type { Correlation, CorrelationStore } from "./registry/correlation-store.ts"
export { describeAgent } from "./registry/describe-agent.ts"
export { DESCRIBED, type Description, type DescriptionChange } from "./registry/description.ts"
export { BY_HAND, enterAgent } from "./registry/enter-agent.ts"
export type { FactStore } from "./registry/fact-store.ts"
export { findAgent } from "./registry/find-agent.ts"
export { addMaintainer, removeMaintainer } from "./registry/maintain-agent.ts"
export { addMaintainingTeam, removeMaintainingTeam } from "./registry/maintain-by-team.ts"
export type { Maintainer, MaintainerStore, MaintainingTeam } from "./registry/maintainer-store.ts"
export type {
  BegunScan,
  KnownThing,
  Observation,
  ObservationStore,
  ObservedKind,
  ScanRecord,
  ScanResult,
  ScanSource,
  SeenQuery,
  SightingQuery,
  SystemUse,
  Uses,
} from "./registry/observation-store.ts"
export type { OrganisationStore } from "./registry/organisation-store.ts"
export { putSettings } from "./registry/put-settings.ts"
export type { ServerStore } from "./registry/server-store.ts"
export type { UserStore } from "./registry/user-store.ts"
export { type AdmitReportDeps, admitReport, requireReporter, TooSoon } from "./reporters/admit-report.ts"
export { enrolReporter, type ReporterKey } from "./reporters/enrol-reporter.ts"
export { offerReporterEnrolment, type ReporterDeps } from "./reporters/offer-reporter-enrolment.ts"
export {
  type RecordReportDeps,
  recordReport,
  refuseReport,
} from "./reporters/record-report.ts"
export type {
  ReportAdmission,
  ReporterEnrolment,
  ReporterStore,
  ReportPace,
  ReportTurn,
} from "./reporters/reporter-store.ts"
export { revokeReporter } from "./reporters/revoke-reporter.ts"
export { type ExplainedRisk, explainRisk } from "./risk/explain-risk.ts"
export { isScored, NOT_SCORED } from "./risk/rescore-agents.ts"
export type { KeptRisk, RiskStore } from "./risk/risk-store.ts"
export { changeProvisioned } from "./scim/change-provisioned.ts"
export {
  everyKnown,
  findKnown,
  type KnownPerson,
  knownPeople,
  type PersonKey,
} from "./scim/find-provisioned.ts"
export { type ProvisionDeps, provisionPerson } from "./scim/provision-person.ts"
export {
  changeProvisionedTeam,
  findProvisionedTeam,
  type ProvisionTeamDeps,
  provisionTeam,
  removeProvisionedTeam,
  type TeamSaid,
} from "./scim/provision-team.ts"
export type { PersonWords, ProvisionedPerson, ProvisionedStore } from "./scim/provisioned-store.ts"
export { releasePerson } from "./scim/release-person.ts"
export { removeProvisioned } from "./scim/remove-provisioned.ts"
export type { PersonSaid } from "./scim/said-of-person.ts"
export { isForScim, type ScimCaller, scimCaller } from "./scim/scim-token.ts"
export type { MemberStep } from "./scim/team-members.ts"
export { type Asked, type Found, findEverywhere, type SearchReads } from "./search/find-everywhere.ts"
export { indexInventory, isIndexDue } from "./search/index-inventory.ts"
export type {
  IndexedKind,
  IndexProgress,
  NamedKind,
  SearchEntry,
  SearchStore,
  WordQuery,
} from "./search/search-store.ts"
export type { NamedChange } from "./self-government/changed-nodes.ts"
export {
  declareReach,
  type ReachWish,
  type SeenPlace,
  withdrawReach,
} from "./self-government/declare-reach.ts"
export { type AskedAct, assertGoverned, governedShelf } from "./self-government/governed-shelf.ts"
export { isGoverning } from "./self-government/governing-token.ts"
export {
  type GovernmentEdge,
  GovernmentGraph,
  type GovernmentPath,
  type GovernmentRelation,
} from "./self-government/government-graph.ts"
export {
  type CommandLine,
  commandLineOf,
  GOVERNING_PLACES,
  type GoverningPlace,
  type GovernmentNode,
  type Hand,
  isGoverningPlace,
} from "./self-government/government-node.ts"
export { type Government, type Governor, governorsOf } from "./self-government/governors-of.ts"
export { type KeptPlace, keptKindOf, repositoryIn } from "./self-government/kept-place.ts"
export { type NamingReads, nodeNames } from "./self-government/node-names.ts"
export { type NameOf, pathInWords, wordsFor } from "./self-government/path-in-words.ts"
export type { Reach, ReachStore } from "./self-government/reach-store.ts"
export {
  nextSets,
  type PushOutcome,
  type Receipt,
  settleDelivered,
  settlePush,
  takeReceipt,
} from "./signals/hand-over.ts"
export { makeSource, removeSource, type ShownSource, setSourceState } from "./signals/keep-sources.ts"
export { makeStream, removeStream, reviseStream, setStreamStatus } from "./signals/keep-streams.ts"
export { type ReceivedSet, receiveSignal, refuseSignal, SET_LIFE_MS } from "./signals/receive-signal.ts"
export type { FailedTry } from "./signals/record-trouble.ts"
export { settleAsking } from "./signals/settle-asking.ts"
export type { SignalBox } from "./signals/signal-box.ts"
export type {
  SignalSource,
  SignalSourceStore,
  SourceChange,
  SourceProgress,
} from "./signals/signal-source-store.ts"
export type {
  OutgoingSet,
  SignalDelivery,
  SignalSetStore,
  SignalStream,
  SignalStreamStore,
  SignalTrouble,
  StreamChange,
  StreamProgress,
  StreamStatus,
  SubjectForm,
} from "./signals/signal-stream-store.ts"
export { SIGNAL_URIS, TRANSMITTED, type TransmittedType } from "./signals/signal-types.ts"
export { findSource, noSource, type SourceDeps } from "./signals/source-acts.ts"
export { findStream, type StreamCaller, type StreamDeps } from "./signals/stream-acts.ts"
export { askVerification, chooseSubject, VERIFY_EVERY_SECONDS } from "./signals/tend-streams.ts"
export { MOST_WAITING, streamsAhead, transmit } from "./signals/transmit.ts"
export { carryItems } from "./sinks/carry-items.ts"
export { carryOnce } from "./sinks/carry-once.ts"
export type { DeadLetter, DeadLetterStore, Refusal } from "./sinks/dead-letter-store.ts"
export { changeSink, makeSink, removeSink, type ShownSink, setSinkState } from "./sinks/keep-sinks.ts"
export { lowestCursor } from "./sinks/lowest-cursor.ts"
export { findSink } from "./sinks/sink-acts.ts"
export type { SinkBox } from "./sinks/sink-box.ts"
export type {
  CarriedItem,
  CarryResult,
  LoggedEntry,
  RefusedItem,
  SinkCarrier,
} from "./sinks/sink-carrier.ts"
export type { CarriedCheckpoint, SinkContents } from "./sinks/sink-contents.ts"
export { type SinkHealth, sinkHealth } from "./sinks/sink-health.ts"
export {
  type SinkProgress,
  type SinkProgressStore,
  type SinkStep,
  sinkLease,
} from "./sinks/sink-progress-store.ts"
export type { Sink, SinkChange, SinkStore } from "./sinks/sink-store.ts"
export { sinksAhead } from "./sinks/sinks-ahead.ts"
export { recordSinkTest, replaySink, retryDeadLetters } from "./sinks/tend-sinks.ts"
export { closeTask, expireTasks } from "./tasks/close-task.ts"
export { openTask } from "./tasks/open-task.ts"
export type { TaskStore } from "./tasks/task-store.ts"
export {
  type AllowDelegationDeps,
  allowDelegation,
  type DelegationRequest,
} from "./tokens/allow-delegation.ts"
export {
  type AgentPrincipal,
  type CheckTokenDeps,
  checkToken,
  livePrincipal,
  type PresentedToken,
  type TokenRefusal,
  TokenRefused,
} from "./tokens/check-token.ts"
export type { DelegationQuery, DelegationStore } from "./tokens/delegation-store.ts"
export { type EnrolKeyDeps, enrolKey, type KeyToEnrol } from "./tokens/enrol-key.ts"
export { enrolmentCodeHash } from "./tokens/enrolment-code.ts"
export type { Enrolment, InstanceStore, KeyRotation } from "./tokens/instance-store.ts"
export { type IssuedToken, type IssueTokenDeps, issueToken, type TokenRequest } from "./tokens/issue-token.ts"
export type { KeyPurpose, KeyStore, SealedKey, SigningPurpose } from "./tokens/key-store.ts"
export { type AdvanceSigningKeyDeps, advanceSigningKey } from "./tokens/keys/advance-signing-key.ts"
export { type AskSigningKeyDeps, askSigningKey } from "./tokens/keys/ask-signing-key.ts"
export type { KeyStep } from "./tokens/keys/key-step.ts"
export { isKnownToVerifiers } from "./tokens/keys/key-step.ts"
export {
  allPublished,
  isPublishedAlike,
  type PublishedKeys,
  publishedKeys,
} from "./tokens/keys/published-keys.ts"
export { recordRewrapped } from "./tokens/keys/record-rewrapped.ts"
export type { OAuthModel, OAuthModelStore } from "./tokens/oauth-model-store.ts"
export { type OfferEnrolmentDeps, type OfferedEnrolment, offerEnrolment } from "./tokens/offer-enrolment.ts"
export { type PutTokenSettingsDeps, putTokenSettings } from "./tokens/put-token-settings.ts"
export type { ReplayStore, SingleUse } from "./tokens/replay-store.ts"
export { type ActiveAgent, requireActiveAgent } from "./tokens/require-active-agent.ts"
export { requireOpenTask } from "./tokens/require-open-task.ts"
export {
  type RevokeAgentTokenDeps,
  revokeAgentToken,
  type TokenRevocation,
} from "./tokens/revoke-agent-token.ts"
export { type InstanceRevocation, type RevokeInstanceDeps, revokeInstance } from "./tokens/revoke-instance.ts"
export { type RevokeTokenDeps, revokeToken } from "./tokens/revoke-token.ts"
export { type RotateKeyDeps, type RotationAsked, rotateKey } from "./tokens/rotate-key.ts"
export { AlreadyUsed } from "./tokens/single-use.ts"
export { spiffeId, type TokenClaims, type TokenSubject, tokenClaims } from "./tokens/token-claims.ts"
export type { TokenActor, TokenGrant, TokenRecord, TokenStore } from "./tokens/token-store.ts"
export {
  type WithdrawDelegationDeps,
  type WithdrawnDelegation,
  withdrawDelegation,
} from "./tokens/withdraw-delegation.ts"
export type { Shelf, Snapshot, Store, Transact, Transaction } from "./transaction.ts"
export { correctTool, type ToolCorrection } from "./upstreams/correct-tool.ts"
export { type RegisteredServer, registerServer } from "./upstreams/register-server.ts"
export { pinReviewed, reviewServer, type ToolReviewed, type ToolToPin } from "./upstreams/review-server.ts"
export type { SavedView, SavedViewStore } from "./views/saved-view-store.ts"
export { changeView, removeView, saveView } from "./views/saved-views.ts"
