import { LIMIT_PERIODS, type LimitPeriod } from "@tabard/core"
import { z } from "zod"

/** A limit that its manifest or one of its tasks holds an agent to, and what is used of it now. */
export interface LimitView {
  /** The open task whose own budget it is; null of the manifest's limits. */
  readonly task: string | null
  /** What is counted; it stays the same whatever the limit is raised or lowered to. */
  readonly name: string
  /** Completes "it may …". */
  readonly words: string
  readonly counts: "calls" | "spend"
  readonly per: LimitPeriod
  readonly currency: string | null
  /** Calls, or an amount, as exact text. */
  readonly atMost: string
  /** The window that is open now, or one for each open task. */
  readonly uses: readonly LimitUse[]
}

/** What is used within one window; what is reserved by calls that have not ended counts as used. */
export interface LimitUse {
  readonly task: string | null
  readonly endsAt: string
  readonly used: string
  readonly left: string
}

/** The limits of one agent. */
export interface AgentLimitsView {
  readonly limits: readonly LimitView[]
}

const LimitView: z.ZodType<LimitView> = z.object({
  task: z.string().nullable(),
  name: z.string(),
  words: z.string(),
  counts: z.enum(["calls", "spend"]),
  per: z.enum(LIMIT_PERIODS),
  currency: z.string().nullable(),
  atMost: z.string(),
  uses: z.array(
    z.object({ task: z.string().nullable(), endsAt: z.string(), used: z.string(), left: z.string() }),
  ),
})

export const AgentLimitsView: z.ZodType<AgentLimitsView> = z.object({ limits: z.array(LimitView) })
