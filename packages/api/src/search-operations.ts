import { FOUND_KINDS, type FoundKind } from "@tabard/core"
import { z } from "zod"
import type { Operation } from "./operation.ts"
import { get } from "./operation-makers.ts"
import { SearchHitView } from "./views/search.ts"

/** What is looked for. */
export interface SearchFilter {
  /** Words, each of which begins a word of what is found; or an id, or how one begins. */
  readonly q: string
  /** Kinds with commas between them; every kind where nothing is said. */
  readonly kinds?: string | undefined
  /** The most of each kind; 5 where nothing is said. At most 50 are answered in all. */
  readonly limit?: number | undefined
}

const KINDS = FOUND_KINDS.join("|")

export const SearchFilter: z.ZodType<SearchFilter> = z.strictObject({
  q: z.string().trim().min(1).max(200),
  kinds: z
    .string()
    .regex(new RegExp(`^(${KINDS})(,(${KINDS}))*$`), `kinds are ${FOUND_KINDS.join(", ")}`)
    .max(400)
    .optional(),
  limit: z.coerce.number().int().min(1).max(20).optional(),
})

/** Answers the kinds that a filter names. */
export function kindsIn({ kinds }: SearchFilter): readonly FoundKind[] {
  const named = kinds?.split(",")
  return FOUND_KINDS.filter((kind) => !named || named.includes(kind))
}

/** The best of what is found: the beginning of an answer, which has no pages behind it. */
export interface SearchFinds {
  readonly items: readonly SearchHitView[]
}

/** Finding things by their names. */
export interface SearchOperations {
  readonly searchEverything: Operation<SearchFilter, SearchFinds>
}

export const SEARCH_OPERATIONS: SearchOperations = {
  searchEverything: get(
    "/search",
    "signed-in",
    "What words or an id find, kind by kind, the best first",
    SearchFilter,
    z.object({ items: z.array(SearchHitView) }),
  ),
}
