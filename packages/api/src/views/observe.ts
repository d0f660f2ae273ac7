import { z } from "zod"

/** Whether an agent is observed, and its latest time in observe mode. */
export interface ObservingView {
  readonly agent: string
  /** While this is so, what its own bounds would stop is let through and kept. */
  readonly observing: boolean
  /** Null of an agent that never was. */
  readonly latest: {
    readonly startedAt: string
    readonly startedBy: { readonly id: string; readonly name: string }
    readonly reason: string
    /** Where it acted then; anywhere else its bounds are enforced. */
    readonly environment: string
    readonly endsAt: string
    readonly endedAt: string | null
    /** How many calls were let through. */
    readonly calls: number
  } | null
}

export const ObservingView: z.ZodType<ObservingView> = z.object({
  agent: z.string(),
  observing: z.boolean(),
  latest: z
    .object({
      startedAt: z.string(),
      startedBy: z.object({ id: z.string(), name: z.string() }),
      reason: z.string(),
      environment: z.string(),
      endsAt: z.string(),
      endedAt: z.string().nullable(),
      calls: z.number(),
    })
    .nullable(),
})
