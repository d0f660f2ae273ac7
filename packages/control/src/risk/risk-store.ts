import type { Id } from "@tabard/core"

/** How risky an agent was from this moment on. */
export interface KeptRisk {
  readonly agent: Id<"agent">
  readonly at: Date
  /** Whole numbers from 0 to 100. */
  readonly score: number
  /** The score if all that was unknown had turned out best, and worst. */
  readonly low: number
  readonly high: number
  /** What its two sides came to, 0 to 10 each; null where it was kept before they were. */
  readonly sides: { readonly access: number; readonly autonomy: number } | null
}

/** Keeps how risk changed. Each sentence below is a test in risk-store.contract.ts. */
export interface RiskStore {
  /** Keeps a score; a later one at the same instant replaces it. */
  put(risk: KeptRisk): Promise<void>

  /** Keeps scores of different agents, each as `put` does. */
  putAll(risks: readonly KeptRisk[]): Promise<void>

  /** Answers the newest score of each of the agents; one that was never scored is absent. */
  latest(agents: readonly Id<"agent">[]): Promise<ReadonlyMap<Id<"agent">, KeptRisk>>

  /** Answers at most `limit` agents' newest scores, the highest first, equals by id; who is not scored any more is left out. */
  worst(limit: number): Promise<readonly KeptRisk[]>

  /** Answers the score of each of these agents that stood at a moment, and each later one; of each agent the oldest first. */
  since(agents: readonly Id<"agent">[], moment: Date): Promise<readonly KeptRisk[]>

  /** Answers at most `limit` scores of an agent, the newest first. */
  history(agent: Id<"agent">, limit: number): Promise<readonly KeptRisk[]>
}
