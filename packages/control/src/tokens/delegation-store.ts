import type { Delegation, Id } from "@tabard/core"

/** Which permissions to list. */
export interface DelegationQuery {
  /** Those that this agent gives or has. */
  readonly agent?: Id<"agent">
  /** The last one of the page before. */
  readonly after?: Id<"delegation">
  readonly limit: number
}

/** Keeps who may act for whom. Each sentence below is a test in delegation-store.contract.ts. */
export interface DelegationStore {
  /** Of any number between the same two agents at once, keeps one and answers true; false while one is not withdrawn. */
  allow(delegation: Delegation): Promise<boolean>

  /** Answers undefined where there is no such permission here; a withdrawn one is found, with when it was withdrawn. */
  find(id: Id<"delegation">): Promise<Delegation | undefined>

  /** Answers the permission of these two agents, in this direction, that nobody withdrew. */
  between(from: Id<"agent">, to: Id<"agent">): Promise<Delegation | undefined>

  /** Answers a page of permissions that nobody withdrew, newest first. */
  list(query: DelegationQuery): Promise<readonly Delegation[]>

  /** Answers how many of these are neither withdrawn nor over. */
  countStanding(ids: readonly Id<"delegation">[], now: Date): Promise<number>

  /** Lets exactly one of many withdraw a permission; answers false where it is not there or withdrawn already. */
  withdraw(id: Id<"delegation">, at: Date): Promise<boolean>
}
