import { z } from "zod"
import { PersonView } from "./person.ts"

/** How far one log was pruned. */
export interface PrunedLogView {
  readonly number: number
  readonly origin: string
  /** The place in the record of its first entry. */
  readonly base: number
  /** How many entries its last checkpoint covers. */
  readonly size: number
  /** Entries before this index have left it. */
  readonly minimumIndex: number
  readonly prunedAt: string | null
}

/** How long the record is kept. */
export interface RetentionView {
  /** Null keeps all of it for ever: because it was settled so, or because nobody has settled it. */
  readonly months: number | null
  readonly settled: { readonly by: PersonView; readonly at: string; readonly reason: string } | null
  /** Entries of this time or later stay; null where all do. */
  readonly keptSince: string | null
  /** The place before which every sink has carried the record: from there on nothing leaves it; null where no sink is set up. */
  readonly carriedTo: number | null
  /** Every log, the oldest first. */
  readonly logs: readonly PrunedLogView[]
}

export const RetentionView: z.ZodType<RetentionView> = z.object({
  months: z.number().nullable(),
  settled: z.object({ by: PersonView, at: z.string(), reason: z.string() }).nullable(),
  keptSince: z.string().nullable(),
  carriedTo: z.number().nullable(),
  logs: z.array(
    z.object({
      number: z.number(),
      origin: z.string(),
      base: z.number(),
      size: z.number(),
      minimumIndex: z.number(),
      prunedAt: z.string().nullable(),
    }),
  ),
})
