import { z } from "zod"

/** How one agent's score changed. */
export interface RiskLine {
  readonly agent: string
  /** The score that stood when the line begins, if one did, then each that a day ended with; the oldest first. */
  readonly points: readonly { readonly at: string; readonly score: number }[]
}

/** How the scores of some agents changed since a moment. */
export interface RiskLinesView {
  readonly since: string
  readonly lines: readonly RiskLine[]
}
export const RiskLinesView: z.ZodType<RiskLinesView> = z.object({
  since: z.string(),
  lines: z.array(
    z.object({
      agent: z.string(),
      points: z.array(z.object({ at: z.string(), score: z.number() })),
    }),
  ),
})
