import type { Effect, Id, JsonObject } from "@tabard/core"
import type { ForgottenCalls } from "../decisions/decision-store.ts"

/** A time in which an agent's own bounds are rehearsed: what they would have stopped is let through, and kept. */
export interface ObservePeriod {
  readonly agent: Id<"agent">
  readonly startedAt: Date
  readonly startedBy: Id<"user">
  readonly reason: string
  /** Where the agent acted when it began; elsewhere nobody has agreed to it. */
  readonly environment: string
  /** It ends by itself then. */
  readonly endsAt: Date
  /** When it ended: its time was over, or a person ended it earlier, who is named then. */
  readonly endedAt: Date | null
  readonly endedBy: Id<"user"> | null
  /** How many calls were let through. */
  readonly calls: number
}

/** What is kept of a call that was let through: facts about it, never the contents that it carried. */
export interface ObservedCall {
  readonly decision: Id<"decision">
  readonly agent: Id<"agent">
  readonly at: Date
  readonly server: Id<"server">
  readonly tool: string
  /** The definition that was reviewed then. */
  readonly digest: string
  /** What would have been decided, and by what. */
  readonly effect: Effect
  readonly code: string
  readonly reasons: readonly string[]
  /** The least that the other links of the chain allowed. */
  readonly others: Effect
  /** The arguments as far as they may be kept; null where they were more than that. */
  readonly arguments: JsonObject | null
  /** Members of the arguments that were not kept, by their place. */
  readonly withheld: readonly string[]
  readonly circumstances: ObservedCircumstances
}

/** What was known around a call, as policies were told it. */
export interface ObservedCircumstances {
  readonly task: boolean
  readonly door: string
  readonly environment: string
  readonly bound: string
  readonly ip?: string
  readonly posture: readonly string[]
}

/** That an agent was tried under bounds which would have stopped nothing of what it did. */
export interface Rehearsal {
  readonly agent: Id<"agent">
  /** The tier and the bounds that it was tried under; others were not. */
  readonly tier: string
  readonly bounds: string
  /** The tools that it called, by the definition that was reviewed. */
  readonly tools: Readonly<Record<string, string>>
  readonly calls: number
  readonly recordedAt: Date
  readonly recordedBy: Id<"user">
}

/** Keeps which agents observe, and what was seen of them. Each sentence below is a test in observe-store.contract.ts. */
export interface ObserveStore {
  /**
   * Of any number at once, starts one and answers true; false while one runs. What was kept of the time before is
   * forgotten with it.
   */
  start(period: Pick<ObservePeriod, StartedWith>): Promise<boolean>

  /** Lets exactly one of many end it; answers false where none runs. */
  end(agent: Id<"agent">, by: Id<"user">, at: Date): Promise<boolean>

  /** Ends those whose time is over and that nobody ended, each for exactly one of many who ask, and answers them. */
  lapse(now: Date, limit: number): Promise<readonly ObservePeriod[]>

  /** Answers those that end within a day and have a quarter of their time left, each once and to one of many who ask. */
  warn(now: Date, limit: number): Promise<readonly ObservePeriod[]>

  /** Answers the agents whose time runs at `now`. */
  running(now: Date): Promise<readonly Id<"agent">[]>

  /** Answers an agent's latest, running or over. */
  find(agent: Id<"agent">): Promise<ObservePeriod | undefined>

  /**
   * Counts a call, or none more where it was counted before, and answers how many that are; undefined where none runs, so that nothing
   * is let through after its end.
   */
  count(
    agent: Id<"agent">,
    counting: { readonly now: Date; readonly more: 0 | 1 },
  ): Promise<number | undefined>

  /** Keeps what was seen of a call. */
  keep(call: ObservedCall): Promise<void>

  /** Answers what was kept of an agent, newest first. */
  calls(agent: Id<"agent">, limit: number): Promise<readonly ObservedCall[]>

  /** Keeps that an agent was rehearsed, in place of what was kept of it before. */
  recordRehearsal(rehearsal: Rehearsal): Promise<void>

  /** Answers the latest rehearsal of an agent; undefined where none was recorded. */
  rehearsal(agent: Id<"agent">): Promise<Rehearsal | undefined>

  /** Forgets what was kept of an agent, of calls on behalf of a person, or of all before a time; answers how many calls that were. */
  forget(which: ForgottenCalls): Promise<number>
}

type StartedWith = "agent" | "startedAt" | "startedBy" | "reason" | "environment" | "endsAt"

/** As many calls are kept of one agent; what comes after is counted alone. */
export const MOST_OBSERVED = 1_000

/** Answers whether a period still runs, where the agent acts now. */
export function isObserving(
  period: ObservePeriod | undefined,
  { environment, now }: { readonly environment: string; readonly now: Date },
): period is ObservePeriod {
  return (
    period !== undefined &&
    period.endedAt === null &&
    period.endsAt > now &&
    period.environment === environment
  )
}
