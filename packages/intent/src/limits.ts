import { type CallLimit, LIMIT_PERIODS, type Limits, type SpendLimit } from "@tabard/core"
import { z } from "zod"

/** The most calls that are worth counting. */
const MOST_CALLS = 1_000_000_000

/** As many as there are periods, in a few currencies. */
const MOST_LIMITS = 16

const calls: z.ZodType<CallLimit> = z.strictObject({
  atMost: z.int().min(0).max(MOST_CALLS),
  per: z.enum(LIMIT_PERIODS),
})

const spend: z.ZodType<SpendLimit> = z.strictObject({
  // Twelve digits could not all be counted without loss; more than eleven is no budget.
  atMost: z.string().regex(/^(?:0|[1-9]\d{0,10})(?:\.\d{1,4})?$/),
  per: z.enum(LIMIT_PERIODS),
  currency: z.string().regex(/^[A-Z]{3}$/),
})

/** How much an agent may do, as a manifest writes it: at its top for all tools, in an entry for the tools of that entry. */
export const limitsSchema: z.ZodType<Limits> = z.strictObject({
  calls: z.array(calls).max(MOST_LIMITS).optional(),
  spend: z.array(spend).max(MOST_LIMITS).optional(),
})
