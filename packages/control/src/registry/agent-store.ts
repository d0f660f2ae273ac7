import type { Agent, AgentState, Category, Id, Mandate, RiskBand, TierName, User } from "@tabard/core"

/** Which agents are asked for, and from where on. */
export interface AgentQuery {
  readonly state?: AgentState
  readonly owner?: Id<"user">
  /** Only those that this person owns, helps with or is asked to take on. */
  readonly answeredBy?: Id<"user">
  /** Only those that no active person owns, though somebody should; or only those that somebody does, or need not. */
  readonly orphaned?: boolean
  /** Only those that are *discovered*, and were so already at this moment. */
  readonly discoveredBy?: Date
  /** Only agents all of whose sightings vanished, or only the others. */
  readonly vanished?: boolean
  /** Only those for which this category holds; `unknown` where nobody said one that is known. */
  readonly category?: Category | "unknown"
  /** Only those with a mandate of this tier. */
  readonly tier?: TierName
  /** Only those whose newest score lies in this band, as far as they are scored. */
  readonly band?: RiskBand
  /** Answers those behind this id, in the order of ids. */
  readonly after?: Id<"agent">
  /** 1 to 1,000. */
  readonly limit: number
}

/** An agent with its owner; undefined where it has none that the directory knows. */
export interface OwnedAgent {
  readonly agent: Agent
  readonly owner: User | undefined
}

/** Keeps agents. Each sentence below is a test in agent-store.contract.ts. */
export interface AgentStore {
  /** Rejects where the id is taken, also by an agent that was retired. */
  insert(agent: Agent): Promise<void>

  /** Keeps all of them, or rejects where one of the ids is taken. */
  insertAll(agents: readonly Agent[]): Promise<void>

  /** Answers undefined where there is no such agent here. */
  find(id: Id<"agent">): Promise<Agent | undefined>

  /** Answers an agent with its owner as of the same moment; undefined where there is no such agent here. */
  findOwned(id: Id<"agent">): Promise<OwnedAgent | undefined>

  /** Answers the agents of these ids; one that is not here is left out. */
  findAll(ids: readonly Id<"agent">[]): Promise<readonly Agent[]>

  /** Answers at most `limit` agents in the order of their ids; those that were merged away are left out. */
  list(query: AgentQuery): Promise<readonly Agent[]>

  /** Answers who owns, helps with or is asked to take on each of these agents; one that concerns nobody is absent. */
  answering(ids: readonly Id<"agent">[]): Promise<ReadonlyMap<Id<"agent">, ReadonlySet<Id<"user">>>>

  /** Answers how many agents stand in each state, without those merged away; a state nobody is in may be absent. */
  countByState(): Promise<Readonly<Partial<Record<AgentState, number>>>>

  /** Answers how many agents there are of each category, those that are dismissed or retired apart; unknown ones count nowhere. */
  countByCategory(): Promise<Readonly<Partial<Record<Category, number>>>>

  /** Answers how many agents no active person owns, those that are dismissed or retired apart. */
  countOrphaned(): Promise<number>

  /** Answers how many agents are discovered, and were so already at `moment`. */
  countDiscoveredBy(moment: Date): Promise<number>

  /**
   * Moves an agent that is in one of `from` to `to`. Of any number of moves out of one state, at once or one
   * after another, exactly one answers true; the others answer false and change nothing.
   */
  move(id: Id<"agent">, from: readonly AgentState[], to: AgentState): Promise<boolean>

  /** Gives an agent its owner and mandate; answers false where it is not in state `discovered` or `proposed`. */
  assign(id: Id<"agent">, owner: Id<"user">, mandate: Mandate): Promise<boolean>

  /**
   * Proposes an agent with its owner and mandate, where nobody took it on yet: it is discovered, or proposed without a
   * mandate. Of any number of calls, at once or one after another, exactly one answers true.
   */
  take(id: Id<"agent">, owner: Id<"user">, mandate: Mandate): Promise<boolean>

  /**
   * Gives an agent that is not dismissed, retiring or retired another owner, where its owner still is `from`; a mandate
   * that it has was accepted then by the new one. Of any number of calls at once, exactly one answers true.
   */
  handOver(id: Id<"agent">, from: Id<"user"> | null, to: Id<"user">, at: Date): Promise<boolean>

  /**
   * Gives an agent that is active, suspended or quarantined another mandate in place of the one that ends at `ends`,
   * where `owner` still owns it. Of any number of calls at once, exactly one answers true.
   */
  renew(
    id: Id<"agent">,
    now: { readonly owner: Id<"user">; readonly ends: Date },
    mandate: Mandate,
  ): Promise<boolean>

  /**
   * Makes a dismissed agent discovered again, nobody's and without a mandate. Of any number of calls at once, exactly
   * one answers true.
   */
  reopen(id: Id<"agent">): Promise<boolean>

  /**
   * Makes an agent that nobody adopted (discovered, proposed or dismissed) an alias of another: from then on it is
   * dismissed, and so are its own aliases of that other. Answers false, and changes nothing, where it is not such an agent,
   * is merged away already, or the other is not here, is merged away, dismissed, retiring or retired.
   */
  mergeAway(id: Id<"agent">, into: Id<"agent">): Promise<boolean>

  /** Makes an alias of `from` an agent of its own again: discovered and nobody's. Answers false where it is no such alias. */
  splitOff(id: Id<"agent">, from: Id<"agent">): Promise<boolean>

  /** Answers the agent that each of these was merged into; one that stands for itself is absent. */
  mergedInto(ids: readonly Id<"agent">[]): Promise<ReadonlyMap<Id<"agent">, Id<"agent">>>

  /** Answers the ids that were merged into each of these. */
  aliasesOf(ids: readonly Id<"agent">[]): Promise<ReadonlyMap<Id<"agent">, readonly Id<"agent">[]>>

  /** Answers the active agents whose mandate ended before `now`. */
  expired(now: Date, limit: number): Promise<readonly Agent[]>
}
