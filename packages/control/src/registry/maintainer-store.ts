import type { Id } from "@tabard/core"

/** A person who helps with an agent, and who said so. */
export interface Maintainer {
  readonly agent: Id<"agent">
  readonly user: Id<"user">
  readonly addedBy: Id<"user">
  readonly addedAt: Date
}

/** Keeps who helps with which agent. Each sentence below is a test in maintainer-store.contract.ts. */
export interface MaintainerStore {
  /** Answers false, and changes nothing, where the person helps already; of many at once, exactly one answers true. */
  add(maintainer: Maintainer): Promise<boolean>

  /** Answers false where the person did not help; of many at once, exactly one answers true. */
  remove(agent: Id<"agent">, user: Id<"user">): Promise<boolean>

  /** Answers who helps with each of the agents, in the order in which they came. */
  of(agents: readonly Id<"agent">[]): Promise<readonly Maintainer[]>
}
