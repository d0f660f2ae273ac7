export type { AboutView } from "./about-operations.ts"
export { readers } from "./access-groups.ts"
export {
  type ActInput,
  type ActKind,
  type ActsInput,
  type ActsWish,
  type ActWish,
  MOST_ACTED_ON,
} from "./act-inputs.ts"
export { SINGLE_ACTS } from "./acts-operations.ts"
export type { ApiTokenWish } from "./api-token-operations.ts"
export type {
  ApplicationInput,
  ApplicationOperations,
  EnforcementPointInput,
} from "./application-operations.ts"
export { ApiProblem, type Client, createClient, type Send } from "./client.ts"
export type {
  ClientAnswerInput,
  ClientOperations,
  ClientRegistrationInput,
  ClientRuleInput,
} from "./client-operations.ts"
export { isConsequential } from "./consequential.ts"
export type { DecisionFilter, SupposedCall } from "./decision-inputs.ts"
export type { DecisionOperations } from "./decision-operations.ts"
export type { DelegationInput, DelegationOperations } from "./delegation-operations.ts"
export type { AskingDeviceView, DeviceOperations } from "./device-operations.ts"
export type { DirectoryOperations } from "./directory-operations.ts"
export {
  EVENT_FILE_FORMS,
  EVENT_GROUPS,
  type EventFileForm,
  type EventFilter,
  type EventGroup,
  type EventsToExport,
  type EventWishes,
} from "./event-inputs.ts"
export type { EventOperations } from "./event-operations.ts"
export { type ExportOperations, MOST_EXPORTED } from "./export-operations.ts"
export type { FindingAcceptance, FindingFilter } from "./finding-inputs.ts"
export type { GovernedName } from "./governing/governed.ts"
export { GOVERNING, governedBy, type KeptElsewhere, keptElsewhere } from "./governing.ts"
export type { HealthOperations, HealthPartView, HealthStatus, HealthView } from "./health-operations.ts"
export type {
  Adoption,
  Enrolment,
  ManifestText,
  ManifestWish,
  ReporterEnrolment,
  ReporterName,
  ServerRegistration,
  SignIn,
  TaskOpening,
  VerdictInput,
  WithReason,
} from "./inputs.ts"
export type {
  AgentTokenRevocation,
  Enrolled,
  InstanceOperations,
  InstanceRevocation,
  KeyRotationInput,
} from "./instance-operations.ts"
export type { CredentialFilter, MergeInput, ObservedServerFilter, SplitInput } from "./inventory-inputs.ts"
export type { IssuerOperations, SigningKeysView, SigningKeyView } from "./issuer-operations.ts"
export type { KeyOperations, RewrappedView } from "./key-operations.ts"
export type {
  AttestationInput,
  RenewalInput,
  SuccessorInput,
} from "./lifecycle-inputs.ts"
export type { LifecycleOperations } from "./lifecycle-operations.ts"
export type {
  AgentFilter,
  ApprovalFilter,
  PersonFilter,
  ScanFilter,
} from "./list-inputs.ts"
export type { LogOperations, LogRotationInput } from "./log-operations.ts"
export type { LogPolicyInput, LogPolicyOperations } from "./log-policy-operations.ts"
export type { ManifestPlanOperations, ManifestsInput } from "./manifest-plan-operations.ts"
export type {
  ChannelTest,
  ChannelWish,
  DeliveryFilter,
  NotificationChoices,
  NotificationFilter,
  NotificationsRead,
} from "./notification-operations.ts"
export type { EnforcingInput, ObserveInput, ObserveOperations } from "./observe-operations.ts"
export type { OpenApiOperation, OpenApiParameter } from "./openapi/describe-operation.ts"
export type { JsonSchema } from "./openapi/describe-schemas.ts"
export { type OpenApiDocument, openApiDocument } from "./openapi/openapi-document.ts"
export type { Access, AnswerOf, InputOf, Operation } from "./operation.ts"
export { OPERATIONS, type Operations } from "./operations.ts"
export type {
  CoverageFilter,
  OwnPoliciesInput,
  PolicyDraftInput,
  PolicyPlaceInput,
} from "./own-policy-inputs.ts"
export type { OwnPolicyOperations } from "./own-policy-operations.ts"
export type {
  AgentDescription,
  AgentEntryInput,
  DescriptionInput,
  MaintainerInput,
  OfferInput,
  SettingsInput,
} from "./ownership-inputs.ts"
export { MOST_OF_A_PAGE, type Page, type PageQuery, USUAL_PAGE, wholeList } from "./paging.ts"
export type { PeopleFileOperations, PeopleImport } from "./people-file-operations.ts"
export type {
  IdentityInput,
  ManagerInput,
  NewPersonInput,
  RoleInput,
  SignInSettingsInput,
} from "./people-inputs.ts"
export type { InvitationView } from "./people-operations.ts"
export type {
  PolicyTestInput,
  PolicyTestOperations,
  PolicyTestView,
  TestedCaseView,
  TestedDraft,
} from "./policy-test-operations.ts"
export type { ProvisioningOperations, ProvisioningView } from "./provisioning-operations.ts"
export type { ReachInput, ReachOperations } from "./reach-operations.ts"
export { MAX_REGISTER_BYTES, type RegisterImport } from "./register-operations.ts"
export type { RetentionInput, RetentionOperations } from "./retention-operations.ts"
export type { SavedViewChange, SavedViewInput, SavedViewOperations } from "./saved-view-operations.ts"
export { isWithinScopes, READ_SCOPE, SCOPE_GROUPS, SCOPES, type ScopeGroup, scopesOf } from "./scopes.ts"
export { kindsIn, type SearchFilter } from "./search-operations.ts"
export type { SignInWays } from "./session-operations.ts"
export { isShownOnce } from "./shown-once.ts"
export type { SignInState } from "./sign-in-operations.ts"
export type { SignalSourceInput, SignalStreamInput } from "./signal-operations.ts"
export type {
  DeadLetterRetryInput,
  SinkChangeInput,
  SinkInput,
  SinkReceiver,
  SinkReplayInput,
} from "./sink-inputs.ts"
export type { SinkTest } from "./sink-operations.ts"
export {
  type ElasticsearchSecrets,
  type OtlpSecrets,
  type S3Secrets,
  type SentinelSecrets,
  SINK_SECRETS,
  type SinkSecrets,
  type SplunkSecrets,
  type SyslogSecrets,
  type WebhookSecrets,
} from "./sink-secrets.ts"
export {
  type ElasticsearchSettings,
  type JsonlSettings,
  type OtlpSettings,
  type S3Settings,
  type SentinelSettings,
  SINK_SETTINGS,
  type SinkSettings,
  type SplunkSettings,
  type SyslogSettings,
  type WebhookSettings,
} from "./sink-settings.ts"
export type { MaintainingTeamInput, TeamChangeInput, TeamInput, TeamMemberInput } from "./team-inputs.ts"
export type { TeamOperations } from "./team-operations.ts"
export type { ToolCorrectionInput, ToolOperations, ToolPinInput } from "./tool-operations.ts"
export {
  KeySourceInput,
  TrustFieldsInput,
  type TrustPreviewInput,
  type TrustRuleFilter,
  type TrustRuleInput,
  type TrustTestInput,
  type TrustWishInput,
} from "./trust-inputs.ts"
export type { TrustOperations } from "./trust-operations.ts"
export * from "./views/index.ts"
