import type { DecisionRecord, Id } from "@tabard/core"

/** Keeps what was decided where it was enforced. Each sentence below is a test in decision-store.contract.ts. */
export interface DecisionStore {
  /** Rejects where the id is taken. */
  insert(decision: DecisionRecord): Promise<void>

  /** Answers undefined where there is no such decision here. */
  find(id: Id<"decision">): Promise<DecisionRecord | undefined>

  /** Answers an agent's decisions, or a call's, or everybody's, newest first. */
  list(query: { agent?: Id<"agent">; call?: Id<"call">; limit: number }): Promise<readonly DecisionRecord[]>
}
