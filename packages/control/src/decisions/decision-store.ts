import type { DecisionRecord, Effect, EffectClass, Id } from "@tabard/core"

/** Where a decision stands among all, newest first. */
export type DecisionPlace = Pick<DecisionRecord, "id" | "at">

/** Which decisions are asked for: everybody's where nothing is said. */
export interface DecisionQuery {
  readonly agent?: Id<"agent">
  readonly call?: Id<"call">
  readonly task?: Id<"task">
  /** On whose behalf it was asked. */
  readonly onBehalfOf?: Id<"user">
  /** A tool of a server, as decisions name it. */
  readonly action?: string
  /** Any tool of the server that decisions name so. */
  readonly server?: string
  readonly effect?: Effect
  /** One of the classes that the tool was taken for. */
  readonly effectClass?: EffectClass
  readonly code?: string
  /** A policy that brought it about. */
  readonly policy?: string
  /** At this time or later. */
  readonly from?: Date
  /** Before this time. */
  readonly until?: Date
  readonly after?: DecisionPlace
  /** Only about agents that this person owns, helps with or is asked to take on. */
  readonly answeredBy?: Id<"user">
  /** 1 to 1,000. */
  readonly limit: number
}

/** Whose calls, or of what time: an agent's, those on behalf of a person, or all before. */
export type ForgottenCalls =
  | { readonly agent: Id<"agent"> }
  | { readonly person: Id<"user"> }
  | { readonly before: Date }

/** Keeps what was decided where it was enforced. Each sentence below is a test in decision-store.contract.ts. */
export interface DecisionStore {
  /** Rejects where the id is taken. */
  insert(decision: DecisionRecord): Promise<void>

  /** Answers undefined where there is no such decision here. */
  find(id: Id<"decision">): Promise<DecisionRecord | undefined>

  /** Answers when an agent's calls were denied because a limit was reached, newest first. */
  limited(agent: Id<"agent">, limit: number): Promise<readonly Date[]>

  /** Forgets the arguments that calls were judged by, and nothing else; answers of how many decisions. */
  forgetArguments(which: ForgottenCalls): Promise<number>

  /** Answers the servers to which calls of a task were let through, permitted or observed, each once and in the order of ids. */
  serversReached(task: Id<"task">): Promise<readonly Id<"server">[]>

  /** Answers the decisions that all of the query asks for, newest first. */
  list(query: DecisionQuery): Promise<readonly DecisionRecord[]>
}
