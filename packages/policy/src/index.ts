export { actionHash, bindingHash, type ExactAction } from "./action-hash.ts"
export { ApplicationInvalid } from "./applications/application-invalid.ts"
export { besideCedar, judgedTwice } from "./applications/beside-cedar.ts"
export {
  type ApplicationSource,
  type CompiledApplication,
  compileApplication,
} from "./applications/compile-application.ts"
export {
  type ApplicationAnswer,
  type ApplicationCode,
  type ApplicationQuestion,
  type AskedEntity,
  evaluateApplication,
  type Properties,
} from "./applications/evaluate-application.ts"
export {
  OBLIGATION_TYPES,
  type Obligation,
  type ObligationType,
  readObligations,
} from "./applications/obligation.ts"
export {
  type Found,
  type SearchPage,
  type SearchResult,
  type Sought,
  searchApplication,
} from "./applications/search-application.ts"
export { MOST_ENTITIES } from "./applications/stored-entities.ts"
export {
  type CedarAnswer,
  type CedarRequest,
  type CompiledSet,
  compileCedar,
} from "./cedar/compile-cedar.ts"
export { type EntityInput, EntityStore } from "./cedar/entity-store.ts"
export { MalformedCedar } from "./cedar/malformed-cedar.ts"
export { type ExactPolicyJson, type PolicyReading, readPolicy } from "./cedar/read-policy.ts"
export { recordOf, type ValueJson, valueOf } from "./cedar/value-json.ts"
export type { CedarRecord, CedarValue } from "./cedar/values.ts"
export { quote } from "./cedar.ts"
export { couldPermit, type PossibleCall } from "./could-permit.ts"
export { decide } from "./decide.ts"
export type { Ask, DecisionCode, LinkDecision, PolicyDecision } from "./decision.ts"
export { evaluateSlice } from "./evaluate-slice.ts"
export type { TextFact } from "./facts/asked-facts.ts"
export { readHostPattern } from "./facts/host.ts"
export { hoursText } from "./facts/hours.ts"
export { readPattern } from "./facts/pattern.ts"
export { letsStrangersIn } from "./facts/public-suffix.ts"
export { readRecipientPattern } from "./facts/recipient.ts"
export type { Judge } from "./judge-link.ts"
export { type LookedAt, lookedAt } from "./looked-at.ts"
export { decimalText } from "./number.ts"
export { besideOracle } from "./oracle/beside-oracle.ts"
export type { PolicyText } from "./parse-policy.ts"
export { isUnder, readPath } from "./path.ts"
export { actionId, hasRole, type PinnedTool } from "./pinned-tool.ts"
export {
  type CheckedPolicies,
  checkPolicies,
  compilePolicies,
  joinPolicies,
  type PolicyBase,
  type PolicySource,
} from "./policy-base.ts"
export { PolicyInvalid } from "./policy-invalid.ts"
export { policyMeaning } from "./policy-meaning.ts"
export { entitiesNamed } from "./policy-nodes.ts"
export { comparePolicies, type PolicyChanges } from "./policy-words.ts"
export type {
  AgentFacts,
  Links,
  Provenance,
  Question,
  SessionFacts,
  TaskFacts,
  ToolCall,
  UserFacts,
} from "./question.ts"
export {
  MOST_POLICIES,
  readPolicyDocument,
  type WrittenPolicy,
  within,
} from "./read-policy-document.ts"
export { type Action, type CedarSchema, compileSchema, DOORS, type Door } from "./schema.ts"
export {
  type AgentAndTool,
  compareScopes,
  readScopes,
  type ScopeChange,
  type ScopeReading,
  type ScopeVerdict,
} from "./scope-verdict.ts"
export { argumentShapes, type Members, type Shape } from "./shape.ts"
export { actionsNamed } from "./slice.ts"
export { READ_LABELS, type ReadLabel } from "./what-was-read.ts"
export { ANNOTATIONS } from "./why-unbound.ts"
