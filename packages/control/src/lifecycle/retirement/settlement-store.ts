import type { Id, Settlement } from "@tabard/core"

/** Keeps how the credentials of agents that are retired were settled. Each sentence is a test in settlement-store.contract.ts. */
export interface SettlementStore {
  /** Answers false, and changes nothing, where the credential is settled for this agent: of many at once, one answers true. */
  settle(settlement: Settlement): Promise<boolean>

  /** Answers how an agent's credentials were settled, in their order. */
  of(agent: Id<"agent">): Promise<readonly Settlement[]>
}
