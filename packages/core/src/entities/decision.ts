import type { Id } from "../ids.ts"

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

/** What explains a decision besides its reasons. Arguments are not among it: they stand in questions to people alone. */
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
}

/** What became of a call that was decided while its agent was observed. */
export type Observed = "let_through" | "held"
