import type { Id } from "@tabard/core"

/** A person's word that a sighting belongs to this agent, and to which it belonged before. */
export interface Correlation {
  readonly reporter: string
  readonly key: string
  readonly agent: Id<"agent">
  readonly former: Id<"agent">
  readonly by: Id<"user">
  readonly reason: string
  readonly at: Date
}

/** Keeps what people said about which sightings are one agent. Each sentence is a test in correlation-store.contract.ts. */
export interface CorrelationStore {
  /** Keeps a word; a later one about the same sighting replaces it. */
  put(correlations: readonly Correlation[]): Promise<void>

  /** Answers what was said about one sighting. */
  find(reporter: string, key: string): Promise<Correlation | undefined>

  /** Answers what was said to belong to each of the agents, in the order of reporters and keys. */
  of(agents: readonly Id<"agent">[]): Promise<readonly Correlation[]>
}
