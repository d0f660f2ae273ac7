import type {
  Approval,
  DecisionRecord,
  EffectClass,
  Id,
  JsonObject,
  ToolVersion,
  Upstream,
} from "@tabard/core"
import type { TraceContext } from "../audit/event/audit-event.ts"
import type { PresentedToken } from "../tokens/check-token.ts"

/** One attempt to call a tool. */
export interface Attempt {
  readonly call: Id<"call">
  /** As the token says; whether that still holds is asked at each decision. */
  readonly caller: PresentedToken
  readonly server: Upstream
  readonly tool: string
  readonly arguments: JsonObject
  /** The approval that the agent came back with, if it did. */
  readonly handle: string | null
  /** Where links were resolved: the path on disk, by the path as it was given. */
  readonly resolvedPaths: ReadonlyMap<string, string>
  /** The trace that the call belongs to, where its client names one. */
  readonly trace?: TraceContext | undefined
}

/** What a door does about an attempt. */
export type Enforcement =
  | { readonly effect: "permit"; readonly decision: DecisionRecord; readonly tool: ToolVersion }
  | {
      readonly effect: "ask"
      readonly decision: DecisionRecord
      readonly approval: Approval
      readonly say: readonly string[]
    }
  | {
      readonly effect: "deny"
      readonly decision: DecisionRecord | null
      readonly code: string
      readonly words: string
      /** Where the token falls short: the effect classes that another would have to be asked for with. */
      readonly scope?: readonly EffectClass[]
      /** Whether a person's client holds that token, and can send its person to sign in for more. */
      readonly signsIn?: boolean
    }
