import type { EffectClass } from "../effect-class.ts"
import type { Id } from "../ids.ts"
import type { JsonObject } from "../json.ts"

/** What the decision point answers. `ask` means: permitted once a person has agreed. */
export const EFFECTS = ["permit", "ask", "deny"] as const

/** One answer of the decision point. */
export type Effect = (typeof EFFECTS)[number]

/** What one link of the chain answered: the person served, the task, or an agent. */
export interface DecidedLink {
  readonly link: string
  readonly id: string
  readonly effect: Effect
}

/** What was known of the circumstances when it was decided, as far as policies look at them. */
export interface DecidedCircumstances {
  readonly door: string
  readonly bound: string
  /** Absent, as posture is, where it was refused before anybody looked. */
  readonly env?: string
  readonly posture?: readonly string[]
  readonly ip?: string
  readonly prov?: Readonly<Record<string, readonly string[]>>
}

/** An agent of the chain as policies were told of it. */
export interface DecidedAgent {
  readonly id: Id<"agent">
  readonly owner?: Id<"user">
  readonly tier: string
  readonly category: string
  readonly risk: number
}

/** How far a limit was used before a call. */
export interface DecidedUse {
  readonly subject: string
  readonly budget: string
  readonly used: number
}

/** What is kept of a call's arguments: what it was judged by, never the contents that it carried. */
export interface JudgedArguments {
  readonly arguments: JsonObject
  /** Members that were not kept, by their place; other words stand there. */
  readonly withheld: readonly string[]
  /** Where paths led on disk, by the path as it was given. */
  readonly resolved: Readonly<Record<string, string>>
}

/** What explains a decision besides its reasons. It names nobody but by id, and holds no argument. */
export interface DecisionGrounds {
  /** None where it was refused before any policy was asked. */
  readonly links: readonly DecidedLink[]
  /** The questions that people had to answer: which policy asks, whom, and in which words. */
  readonly asks: readonly { readonly policy: string; readonly route: string; readonly say: string }[]
  /** What would have been needed instead; empty where it was permitted. */
  readonly missing: string
  readonly tool: string
  /** Absent where nobody has reviewed such a tool, or nobody looked. */
  readonly toolDigest?: string
  readonly instance: Id<"instance">
  readonly circumstances: DecidedCircumstances
  /** The reviewed version of the tool; absent, as what follows, of what programs of before decided. */
  readonly toolVersion?: Id<"toolVersion">
  /** Whoever acts, and then each agent that it acts for; absent where no policy was asked. */
  readonly agents?: readonly DecidedAgent[]
  /** What was left of the tightest limits, as policies were told. */
  readonly left?: { readonly calls: number; readonly spend: string }
  readonly used?: readonly DecidedUse[]
}

/** A decision as it was recorded when a door enforced it. */
export interface DecisionRecord {
  readonly id: Id<"decision">
  readonly call: Id<"call">
  readonly agent: Id<"agent">
  readonly task: Id<"task"> | null
  readonly action: string
  readonly resource: string
  readonly effect: Effect
  readonly code: string
  /** The policies that brought it about, or none where nothing matched. */
  readonly reasons: readonly string[]
  readonly approval: Id<"approval"> | null
  /** The version of all policy inputs that it was made on. */
  readonly version: number
  /**
   * Where its agent was observed: whether what it says was only said, or held all the same. Null where it was enforced.
   */
  readonly observed: Observed | null
  readonly at: Date
  /** The person on whose behalf it was asked, where there is one. */
  readonly onBehalfOf?: Id<"user">
  /** Absent of what programs of before decided. */
  readonly grounds?: DecisionGrounds
  /** What the tool was taken for; absent where nobody has reviewed such a tool, or a program of before decided. */
  readonly effects?: readonly EffectClass[]
  /** Absent where they were not kept, or are forgotten since. */
  readonly judged?: JudgedArguments
}

/** What became of a call that was decided while its agent was observed. */
export type Observed = "let_through" | "held"
