import type { IndexedKind, SearchEntry } from "./search-store.ts"
import { foldedTitle, wordsOf } from "./words.ts"

/** What stands further behind in what is told of a thing is not looked for: an index is no archive. */
const MOST_WORDS = 48

/** Answers the words that a thing is found by: those of what it is called first, then those of what else is told of it. */
export function searchEntry(
  kind: IndexedKind,
  subject: string,
  [title, ...others]: readonly [title: string, ...others: readonly string[]],
): SearchEntry {
  const words = new Set([title, ...others].flatMap(wordsOf))
  return { kind, subject, title: foldedTitle(title), words: [...words].slice(0, MOST_WORDS) }
}
