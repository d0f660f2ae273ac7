import type { Effect } from "@tabard/core"

/** Why an answer is what it is, for programs. */
export type DecisionCode =
  | "permitted"
  | "approval_needed"
  | "no_policy"
  | "forbidden"
  | "evidence_missing"
  | "tool_unknown"
  | "tool_changed"
  | "arguments_refused"
  | "question_malformed"
  | "judges_disagree"

/** One question that people have to answer: which policy asks, whom, and in which words. */
export interface Ask {
  readonly policy: string
  readonly route: string
  readonly say: string
}

/** What one link of the chain answered. */
export interface LinkDecision {
  /** "user", "task" or "agent". */
  readonly link: string
  readonly id: string
  readonly effect: Effect
}

/** A decision and all that explains it. */
export interface PolicyDecision {
  readonly effect: Effect
  readonly code: DecisionCode
  /** The policies that brought the answer about, or none where nothing matched. */
  readonly reasons: readonly string[]
  readonly asks: readonly Ask[]
  /** Policies that could not be judged; any of them denies. */
  readonly erred: readonly string[]
  readonly links: readonly LinkDecision[]
  /** Where two judges differ (see the oracle): about what. */
  readonly dispute?: string
  /** For whoever was refused: what would have been needed instead. Empty where it is permitted. */
  readonly missing: string
  /** The version of everything that was read. */
  readonly version: number
}

/** How much each effect allows: a chain of links allows no more than its strictest one. */
const ALLOWANCE: Readonly<Record<Effect, number>> = { deny: 0, ask: 1, permit: 2 }

/** Answers the stricter of two effects. */
export function stricter(a: Effect, b: Effect): Effect {
  return ALLOWANCE[a] <= ALLOWANCE[b] ? a : b
}

/** Which reason is told where links differ: what is broken before what is forbidden, and that before what is merely not given. */
const TOLD_FIRST: readonly DecisionCode[] = [
  "judges_disagree",
  "question_malformed",
  "evidence_missing",
  "forbidden",
]

/** Answers the code that tells most about a refusal. */
export function leadingCode(codes: readonly DecisionCode[]): DecisionCode {
  return TOLD_FIRST.find((code) => codes.includes(code)) ?? codes[0] ?? "evidence_missing"
}
