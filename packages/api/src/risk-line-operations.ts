import { z } from "zod"
import type { Operation } from "./operation.ts"
import { get } from "./operation-makers.ts"
import { RiskLinesView } from "./views/risk-lines.ts"

/** The most agents whose lines are asked for at once: as many as a screen shows, and some more. */
export const MOST_RISK_LINES = 100

/** Whose lines. */
export interface RiskLinesInput {
  /** Ids, with commas between in the address. */
  readonly agents?: readonly string[] | undefined
}

const RiskLinesInput: z.ZodType<RiskLinesInput> = z.strictObject({
  agents: z
    .string()
    .max(MOST_RISK_LINES * 81)
    .transform((text) => text.split(","))
    .pipe(z.array(z.string().max(80)).max(MOST_RISK_LINES))
    .optional(),
})

/** How risk changed lately. */
export interface RiskLineOperations {
  readonly getRiskLines: Operation<RiskLinesInput, RiskLinesView>
}

export const RISK_LINE_OPERATIONS: RiskLineOperations = {
  getRiskLines: get(
    "/risk-lines",
    "signed-in",
    "How the scores of up to 100 agents changed in the last 60 days, a point a day at most",
    RiskLinesInput,
    RiskLinesView,
  ),
}
