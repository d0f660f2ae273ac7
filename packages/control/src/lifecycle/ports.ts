import type { SuccessorStore } from "./departure/successor-store.ts"
import type { RenewalStore, WarningStore } from "./mandate/renewal-store.ts"
import type { OfferStore } from "./offer-store.ts"
import type { PlanStore } from "./plans/plan-store.ts"
import type { SettlementStore } from "./retirement/settlement-store.ts"

/** The stores of how agents come to be answered for, and to their ends. */
export interface LifecycleStores {
  readonly offers: OfferStore
  readonly plans: PlanStore
  readonly renewals: RenewalStore
  readonly settlements: SettlementStore
  readonly successors: SuccessorStore
  readonly warnings: WarningStore
}
