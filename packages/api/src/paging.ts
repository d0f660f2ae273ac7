import { z } from "zod"

/** A page of a list; `next` goes into `after` of the request for the one behind it, and is null at the end. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

/** Which page of a list. */
export interface PageQuery {
  /** The `next` of the page before: opaque, and of use to this list alone. */
  readonly after?: string | undefined
  /** The most items of the page, 1 to 1,000; 100 where nobody says. */
  readonly limit?: number | undefined
}

/** The most items that a page can be asked to hold. */
export const MOST_OF_A_PAGE = 1_000

/** How many items a page holds where nobody says. */
export const USUAL_PAGE = 100

/** What every list takes beside its filters. */
export const PAGED: { readonly [Member in keyof PageQuery]-?: z.ZodType<PageQuery[Member]> } = {
  after: z.string().min(1).max(4_096).optional(),
  limit: z.coerce.number().int().min(1).max(MOST_OF_A_PAGE).meta({ default: USUAL_PAGE }).optional(),
}

/** A list that has no filters. */
export const Paged: z.ZodType<PageQuery> = z.strictObject(PAGED)

/** Reads a list to its end, and answers it as the one page that it then is. */
export async function wholeList<Query extends PageQuery, Item>(
  ask: (query: Query, signal?: AbortSignal) => Promise<Page<Item>>,
  query: Query,
  signal?: AbortSignal,
): Promise<Page<Item>> {
  const items: Item[] = []
  let after = query.after
  do {
    const page = await ask({ limit: MOST_OF_A_PAGE, ...query, after }, signal)
    items.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined)
  return { items, next: null }
}
