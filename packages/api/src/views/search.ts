import { FOUND_KINDS, type FoundKind } from "@tabard/core"
import { z } from "zod"

/** One thing that a search found. */
export interface SearchHitView {
  readonly kind: FoundKind
  readonly id: string
  /** What it is called. */
  readonly title: string
  /** What tells it from others of that name: owner, place, state; empty where nothing does. */
  readonly context: string
  /** When it happened, of what happened. */
  readonly at: string | null
  /** The address of the console's page about it. */
  readonly leadsTo: string
}

export const SearchHitView: z.ZodType<SearchHitView> = z.object({
  kind: z.enum(FOUND_KINDS),
  id: z.string(),
  title: z.string(),
  context: z.string(),
  at: z.string().nullable(),
  leadsTo: z.string(),
})
