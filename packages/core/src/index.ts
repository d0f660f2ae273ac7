export {
  ASK_PARTIES,
  ASKED_PATTERN,
  type Asked,
  type AskParty,
  type AskRoute,
  allAskWords,
  askWords,
  MOST_NEEDED,
  readAskRoute,
  writeAskRoute,
} from "./ask-route.ts"
export { type Clock, ManualClock, systemClock } from "./clock.ts"
export {
  REPLACEMENT_WAYS,
  type Replacement,
  type ReplacementWay,
  replacementOf,
} from "./credential-replacement.ts"
export { EFFECT_CLASSES, type EffectClass } from "./effect-class.ts"
export {
  type Agent,
  AUTONOMY_LEVELS,
  type AutonomyLevel,
  CATEGORIES,
  type Category,
  isShadow,
  type Mandate,
  type Oversight,
  shadowSince,
  type Terms,
} from "./entities/agent.ts"
export type {
  Agreed,
  Approval,
  ApprovalQuestion,
  ApprovalState,
  CallQuestion,
  TokenAskedFor,
  TokenQuestion,
} from "./entities/approval.ts"
export {
  type Budget,
  type CallLimit,
  LIMIT_PERIODS,
  type LimitPeriod,
  type Limits,
  readAmount,
  type SpendLimit,
  type TaskBudget,
  writeAmount,
} from "./entities/budget.ts"
export {
  CERTIFICATE_TYPE,
  type CertifiedCredential,
  type RetirementCertificate,
} from "./entities/certificate.ts"
export type { Client, ClientGrant, ClientId, ClientRule } from "./entities/client.ts"
export { CREDENTIAL_STORAGES, type Credential, type CredentialStorage } from "./entities/credential.ts"
export {
  type DecidedAgent,
  type DecidedCircumstances,
  type DecidedLink,
  type DecidedUse,
  type DecisionGrounds,
  type DecisionRecord,
  EFFECTS,
  type Effect,
  type JudgedArguments,
  type Observed,
} from "./entities/decision.ts"
export { type Delegation, delegates } from "./entities/delegation.ts"
export {
  DATA_CLASSES,
  type DataClass,
  ENVIRONMENTS,
  type Environment,
} from "./entities/description.ts"
export { effectiveFacts, FACT_SOURCES, type Fact, type FactKind } from "./entities/fact.ts"
export { FOUND_KINDS, type FoundKind } from "./entities/found-kind.ts"
export {
  type EarlierKey,
  holdsKey,
  INSTANCE_KINDS,
  type Instance,
  type InstanceKind,
  KEY_STORAGES,
  type KeyStorage,
  type LiveKey,
  liveKeysOf,
  type PublicJwk,
} from "./entities/instance.ts"
export {
  type Audience,
  DELIVERY_STATES,
  type DeliveryState,
  HOW_TOLD,
  type HowTold,
  isToldTo,
  NOTIFICATION_KINDS,
  NOTIFICATIONS,
  type NotificationKind,
} from "./entities/notification.ts"
export { MOST_DOMAINS, type Organisation, type SignInSettings } from "./entities/organisation.ts"
export { MOST_OTHER_SERVERS, type OtherServer } from "./entities/other-server.ts"
export {
  OFFER_ENDS,
  type OfferEnd,
  type OfferState,
  type OwnershipOffer,
} from "./entities/ownership-offer.ts"
export {
  PLAN_ENDS,
  PLAN_KINDS,
  type Plan,
  type PlanEnd,
  type PlanKind,
  type PlanStep,
  type StepWish,
} from "./entities/plan.ts"
export type { Renewal } from "./entities/renewal.ts"
export type { Reporter, ReporterActivity } from "./entities/reporter.ts"
export {
  ARGUMENT_ROLES,
  type ArgumentRole,
  type ObservedServer,
  type ToolReview,
  type ToolVersion,
  type Upstream,
  type UpstreamLaunch,
} from "./entities/server.ts"
export {
  type Bounds,
  DEFAULT_SETTINGS,
  DELEGATION_DEPTH,
  GRACE_DAYS,
  IDLE_DAYS,
  LEAVER_GRACE_DAYS,
  MOST_WARNINGS,
  type Settings,
  WARN_DAYS,
} from "./entities/settings.ts"
export { SETTLEMENTS, type SettledHow, type Settlement } from "./entities/settlement.ts"
export {
  SINK_CONTENTS,
  SINK_KINDS,
  type SinkChoice,
  type SinkContent,
  type SinkKind,
} from "./entities/sink.ts"
export { isOpen, type Task, type TaskOpener, type TaskScope } from "./entities/task.ts"
export { TEAM_KEEPERS, type Team, type TeamKeeper } from "./entities/team.ts"
export {
  type ByTier,
  beyondTier,
  lowerTier,
  SHIPPED_TIERS,
  TIER_NAME,
  TIERS,
  type Tier,
  type TierName,
  type Tiers,
} from "./entities/tier.ts"
export { isTimeZone, isWithinHours, type TimeWindow, WEEKDAYS, type Weekday } from "./entities/time-window.ts"
export { areHoursOf, distinctConditions, type TokenCondition, UNBOUND } from "./entities/token-condition.ts"
export {
  CLIENT_REGISTRATIONS,
  type ClientRegistrations,
  conditionOf,
  DEFAULT_TOKEN_SETTINGS,
  LIFETIME_MINUTES,
  lifetimeMinutesOf,
  MOST_NETWORKS,
  MOST_WINDOWS,
  PROOF_NONCES,
  type ProofNonce,
  SIGNING_ALGORITHMS,
  SIGNING_KEY_DAYS,
  type SigningAlgorithm,
  type TokenSettings,
} from "./entities/token-settings.ts"
export {
  type AwsFields,
  type EntraFields,
  type GcpFields,
  type GitHubActionsFields,
  type KubernetesFields,
  type OpenIdFields,
  type SpiffeFields,
  TRUST_FORMS,
  type TrustFields,
  type TrustForm,
} from "./entities/trust-fields.ts"
export type { KeySource, TrustCondition, TrustRule, TrustTerms } from "./entities/trust-rule.ts"
export { ERASED_NAME, LONGEST_LINE, ROLES, type Role, type User } from "./entities/user.ts"
export {
  type Acceptance,
  type Finding,
  type FindingStanding,
  findingStateAt,
  standingAt,
} from "./findings/finding.ts"
export {
  FINDING_STATES,
  type FindingEvidence,
  type FindingRule,
  type FindingState,
  type RuleDescription,
  type RuleSighting,
} from "./findings/finding-rule.ts"
export { type FoundFinding, runFindingRules } from "./findings/run-finding-rules.ts"
export { bySeverity, isAtLeast, SEVERITIES, type Severity } from "./findings/severity.ts"
export { type Id, isId, type Kind, kindBegun, newHandle, newId } from "./ids.ts"
export {
  canonicalText,
  isJsonObject,
  isLosslessNumber,
  type Json,
  type JsonObject,
  LosslessNumber,
  MalformedJson,
  parseLossless,
  writeLossless,
} from "./json.ts"
export {
  AGENT_STATES,
  type AgentState,
  mayAct,
  nextState,
  TRANSITIONS,
  type Transition,
} from "./lifecycle.ts"
export { nearestWord } from "./nearest-word.ts"
export { Problem, type ProblemCode } from "./problem.ts"
export { Recent } from "./recent.ts"
export { REGISTRATION_SCOPE } from "./registration-scope.ts"
export { lowerRisk, type RiskCounterfactual } from "./risk/lower-risk.ts"
export {
  RISK_BANDS,
  RISK_LEVELS,
  type RiskBand,
  type RiskFactor,
  type RiskFacts,
  type RiskLevel,
  type RiskStatement,
} from "./risk/risk-facts.ts"
export { RISK_BAND_STARTS, RISK_FORMULA, type RiskWeight } from "./risk/risk-formula.ts"
export { bandScores, type RiskScore, riskBand, scoreRisk } from "./risk/score-risk.ts"
export { RISK_FACTORS, type RiskPoint } from "./risk/weigh-factor.ts"
export { SCIM_SCOPE } from "./scim-scope.ts"
export { Secret } from "./secret.ts"
export { visibleText } from "./visible-text.ts"
export { withoutTrailingZeros } from "./without-trailing.ts"
