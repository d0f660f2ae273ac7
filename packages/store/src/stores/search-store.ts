import type { SearchStore } from "@tabard/control"
import { fromTime, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { findByWords } from "./search-finding.ts"
import { idsStartingWith } from "./search-ids.ts"
import { forgetWords, putWords } from "./search-words.ts"

/** Keeps words in the table `search_word`, one row each, and how far everything was indexed in `search_progress`. */
export function searchStore(scope: Scope): SearchStore {
  const { db, organisation } = scope
  return {
    put: (entries) => putWords(scope, entries),
    forget: (kind, subjects) => forgetWords(scope, kind, subjects),
    find: (query) => findByWords(scope, query),
    startingWith: (kind, beginning, options) => idsStartingWith(scope, kind, { ...options, beginning }),

    async progress() {
      const row = await db
        .selectFrom("search_progress")
        .selectAll()
        .where("organisation", "=", organisation)
        .executeTakeFirst()
      return row && { wordsVersion: row.words_version, place: row.place, at: fromTime(row.at) }
    },

    async keepProgress({ wordsVersion, place, at }) {
      const reached = { words_version: wordsVersion, place, at: toTime(at) }
      await db
        .insertInto("search_progress")
        .values({ organisation, ...reached })
        .onConflict((conflict) => conflict.column("organisation").doUpdateSet(reached))
        .execute()
    },
  }
}
