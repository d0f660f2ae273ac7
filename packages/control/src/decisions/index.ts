export type { Attempt, Enforcement } from "./attempt.ts"
export type {
  DecisionPlace,
  DecisionQuery,
  DecisionStore,
  ForgottenCalls,
} from "./decision-store.ts"
export {
  type Answer,
  differenceInWords,
  evaluatedAnswer,
  recordedAnswer,
} from "./difference-in-words.ts"
export type { Draft } from "./drafted-sets.ts"
export { type EnforceCallDeps, enforceCall } from "./enforce-call.ts"
export type {
  EnforcementPoint,
  EnforcementPointStore,
  RegisteredPoint,
} from "./enforcement-point-store.ts"
export {
  type CallEvaluation,
  type EvaluateCallDeps,
  evaluateCall,
  type WouldBeCall,
} from "./evaluate-call.ts"
export type { Who } from "./evaluation-inputs.ts"
export { type ExplainedPolicy, type Explanation, explainDecision } from "./explain-decision.ts"
export { findDecision } from "./find-decision.ts"
export { type CallOutcome, finishCall } from "./finish-call.ts"
export { KnownInputs } from "./known-inputs.ts"
export type { NamedAgent } from "./named-principal.ts"
export { PolicyKeeper } from "./policies-in-force.ts"
export type { PolicySet, PolicySetKind, PolicyStore } from "./policy-store.ts"
export {
  checkAgentManifest,
  explainManifest,
  type ManifestInForce,
  type ManifestMeaning,
  putManifest,
} from "./put-manifest.ts"
export type { Circumstances, SeenAtDoor } from "./question.ts"
export { type DisputedQuestion, recordDisputedQuestion } from "./record-dispute.ts"
export { seedPolicies } from "./seed-policies.ts"
export { VersionWatch } from "./version-watch.ts"
export { visibleTools } from "./visible-tools.ts"
export { questionAgain, type SupposedQuestion, type SupposedSession, whatIf } from "./what-if.ts"
