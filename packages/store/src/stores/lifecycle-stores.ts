import type { LifecycleStores } from "@tabard/control"
import type { Scope } from "../scope.ts"
import { offerStore } from "./offer-store.ts"
import { planStore } from "./plan-store.ts"
import { renewalStore, warningStore } from "./renewal-store.ts"
import { settlementStore } from "./settlement-store.ts"
import { successorStore } from "./successor-store.ts"

/** The stores of how agents come to be answered for, and to their ends. */
export function lifecycleStores(scope: Scope): LifecycleStores {
  return {
    offers: offerStore(scope),
    plans: planStore(scope),
    renewals: renewalStore(scope),
    settlements: settlementStore(scope),
    successors: successorStore(scope),
    warnings: warningStore(scope),
  }
}
