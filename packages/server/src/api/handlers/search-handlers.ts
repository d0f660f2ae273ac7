import { kindsIn } from "@tabard/api"
import { findEverywhere } from "@tabard/control"
import type { Handlers } from "../handler.ts"
import type { ApiServices } from "../services.ts"
import { searchViews } from "../views/search/search-views.ts"

/** How many of each kind are answered where nobody says. */
const LIMIT = 5

/** Finding things by their names and ids. */
export function searchHandlers({ shelf }: ApiServices): Pick<Handlers, "searchEverything"> {
  return {
    searchEverything: (_, filter) =>
      shelf.snapshot(async (tx) => {
        const { q: text, limit = LIMIT } = filter
        const found = await findEverywhere(tx, { text, kinds: kindsIn(filter), limit })
        return { items: await searchViews(tx, found) }
      }),
  }
}
