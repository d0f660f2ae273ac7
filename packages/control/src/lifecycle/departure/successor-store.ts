import type { Id } from "@tabard/core"

/** Who is to be asked first to own an agent, or whatever a person owns, once its owner has left. */
export interface Successor {
  readonly of: Id<"agent"> | Id<"user">
  readonly user: Id<"user">
  readonly namedBy: Id<"user">
  readonly namedAt: Date
}

/** Keeps named successors. Each sentence below is a test in successor-store.contract.ts. */
export interface SuccessorStore {
  /** Names a successor in place of whoever was named before. */
  name(successor: Successor): Promise<void>

  /** Takes the naming back; answers false where nobody was named. */
  forget(of: Successor["of"]): Promise<boolean>

  /** Answers who was named for each of these; one for whom nobody was is absent. */
  of(all: readonly Successor["of"][]): Promise<ReadonlyMap<Successor["of"], Successor>>
}
