import { z } from "zod"
import { Flag } from "./flag.ts"

/** Which seen things, a page of them. */
export interface SeenFilter {
  /** Only those that vanished, or only those that are there. */
  readonly vanished?: boolean | undefined
  readonly after?: string | undefined
  readonly limit?: number | undefined
}
export const SeenFilter: z.ZodType<SeenFilter> = z.strictObject({
  vanished: Flag.optional(),
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
})

/** Which agent is the same as another, and why. */
export interface MergeInput {
  /** The agent that stays. */
  readonly id: string
  /** The one that becomes its alias; nobody may have adopted it. */
  readonly other: string
  readonly reason: string
}
export const MergeInput: z.ZodType<MergeInput> = z.strictObject({
  id: z.string().max(80),
  other: z.string().max(80),
  reason: z.string().trim().min(1).max(1000),
})

/** Which sighting of an agent is another agent, and why. */
export interface SplitInput {
  readonly id: string
  readonly reporter: string
  readonly key: string
  readonly reason: string
}
export const SplitInput: z.ZodType<SplitInput> = z.strictObject({
  id: z.string().max(80),
  reporter: z.string().min(1).max(1000),
  key: z.string().min(1).max(1000),
  reason: z.string().trim().min(1).max(1000),
})
