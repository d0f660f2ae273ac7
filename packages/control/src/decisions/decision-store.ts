import type { DecisionRecord, Id } from "@tabard/core"

/** Which decisions are asked for: everybody's where nothing is said. */
export interface DecisionQuery {
  readonly agent?: Id<"agent">
  readonly call?: Id<"call">
  /** A tool of a server, as decisions name it. */
  readonly action?: string
  /** Only about agents that this person owns, helps with or is asked to take on. */
  readonly answeredBy?: Id<"user">
  /** 1 to 1,000. */
  readonly limit: number
}

/** Keeps what was decided where it was enforced. Each sentence below is a test in decision-store.contract.ts. */
export interface DecisionStore {
  /** Rejects where the id is taken. */
  insert(decision: DecisionRecord): Promise<void>

  /** Answers undefined where there is no such decision here. */
  find(id: Id<"decision">): Promise<DecisionRecord | undefined>

  /** Answers when an agent's calls were denied because a limit was reached, newest first. */
  limited(agent: Id<"agent">, limit: number): Promise<readonly Date[]>

  /** Answers the decisions that all of the query asks for, newest first. */
  list(query: DecisionQuery): Promise<readonly DecisionRecord[]>
}
