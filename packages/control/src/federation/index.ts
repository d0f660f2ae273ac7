export { claimSeconds } from "./claim-at.ts"
export { FORM_PROFILES, type FormProfile } from "./form-profile.ts"
export { judgeWorkload } from "./judge-workload.ts"
export {
  makeTrustRule,
  type NewTrustRule,
  requireTrusting,
  type TrustRuleDeps,
} from "./make-trust-rule.ts"
export { proposeTerms, type TrustWish } from "./propose-terms.ts"
export { showsSecret } from "./public-keys.ts"
export { endTrustOf, findTrustRule, removeTrustRule } from "./remove-trust-rule.ts"
export { ruleWarnings, type TrustWarning, type TrustWarningCode } from "./rule-warnings.ts"
export { trustDomainOf } from "./spiffe-id.ts"
export { claimName, conditionWords } from "./trust-condition.ts"
export type { TrustRuleStore } from "./trust-rule-store.ts"
export { sampleToken, type Tried, tryNeighbours } from "./try-neighbours.ts"
export type { WorkloadFault, WorkloadFaultCode, WorkloadToken } from "./workload-token.ts"
