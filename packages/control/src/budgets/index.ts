export type { BudgetStore, CountKey, Settlement, Wanted } from "./budget-store.ts"
export { type BudgetUse, type LimitInForce, limitsOfAgent } from "./limits-of-agent.ts"
