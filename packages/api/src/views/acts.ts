import { z } from "zod"

/** What would go with an act on many agents. */
export interface AttachedView {
  /** Live tokens that end. */
  readonly tokens: number
  /** Questions and unspent approvals that are withdrawn. */
  readonly approvals: number
  /** Open tasks that close. */
  readonly tasks: number
  /** Enrolled keys that are revoked. */
  readonly keys: number
  /** Pending offers of ownership that are withdrawn, or replaced. */
  readonly offers: number
  /** Agents that stay *retiring*, because others' credentials of theirs are known. */
  readonly unsettled: number
}

/** What an act on many agents would do, if nothing else changed until then. */
export interface ActsPreviewView {
  /** How many agents it would be done to. */
  readonly agents: number
  readonly attached: AttachedView
  /** Those it would be refused for, each with the problem that says why. */
  readonly skipped: readonly { readonly agent: string; readonly code: string; readonly says: string }[]
}
export const ActsPreviewView: z.ZodType<ActsPreviewView> = z.object({
  agents: z.number(),
  attached: z.object({
    tokens: z.number(),
    approvals: z.number(),
    tasks: z.number(),
    keys: z.number(),
    offers: z.number(),
    unsettled: z.number(),
  }),
  skipped: z.array(z.object({ agent: z.string(), code: z.string(), says: z.string() })),
})

/** What came of an act on one agent. */
export interface ActOutcomeView {
  readonly agent: string
  /** `failed`: a fault here; the agent itself tells how it stands. `not-reached`: ask again for this one. */
  readonly outcome: "done" | "refused" | "failed" | "not-reached"
  /** The code of the problem, where it was refused. */
  readonly code: string | null
  readonly says: string | null
}

/** What came of an act on many agents, in the order in which they were named. */
export interface ActsReport {
  readonly done: number
  readonly outcomes: readonly ActOutcomeView[]
}
export const ActsReport: z.ZodType<ActsReport> = z.object({
  done: z.number(),
  outcomes: z.array(
    z.object({
      agent: z.string(),
      outcome: z.enum(["done", "refused", "failed", "not-reached"]),
      code: z.string().nullable(),
      says: z.string().nullable(),
    }),
  ),
})
