export { type ExplainedRisk, explainRisk } from "./explain-risk.ts"
export { isScored, NOT_SCORED } from "./rescore-agents.ts"
export type { KeptRisk, RiskStore } from "./risk-store.ts"
