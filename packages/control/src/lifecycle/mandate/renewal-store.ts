import type { Id, Renewal } from "@tabard/core"

/** Keeps renewals that wait for a second person. Each sentence below is a test in renewal-store.contract.ts. */
export interface RenewalStore {
  /** Keeps a renewal in place of whatever waited for that agent. */
  ask(renewal: Renewal): Promise<void>

  /** Answers those that wait for these agents, at most one an agent. */
  of(agents: readonly Id<"agent">[]): Promise<readonly Renewal[]>

  /** Takes what waits for an agent away and answers it: of any number of takers exactly one gets it. */
  take(agent: Id<"agent">): Promise<Renewal | undefined>
}

/** What an agent's people were warned of. */
export interface Warning {
  readonly agent: Id<"agent">
  readonly cause: "expiry" | "inactivity"
  /** When it will be suspended. */
  readonly due: Date
  /** How many days before that it was said. */
  readonly days: number
  readonly at: Date
}

/** Keeps of what people were warned. Each sentence below is a test in renewal-store.contract.ts. */
export interface WarningStore {
  /** Answers false, and keeps nothing, where exactly this was said of this end: of many at once, one answers true. */
  add(warning: Warning): Promise<boolean>

  /** Answers when anything was first said of this end. */
  first(end: Pick<Warning, "agent" | "cause" | "due">): Promise<Date | undefined>

  /** Drops warnings of ends before `before`; answers how many. */
  prune(before: Date): Promise<number>
}
